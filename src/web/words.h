/* The words for where somebody stands: keys for the API and for addresses, labels for pages. */
#pragma once

#include "base/text.h"
#include "domain/rules_rows.h"
#include "domain/standing.h"

/* A text of the page in the language of who asks: SAY(v, "Không", "No"), v a struct visit. */
#define SAY(v, vi_, en_) ((v)->lang == LANG_VI ? (vi_) : (en_))

/* "candidate", "decided", "probation", "official", "left"; "none" for PHASE_NONE. */
const char *word_phase_key(enum standing_phase p);
const char *word_phase(enum standing_phase p, enum lang lang);
bool word_phase_find(const char *key, enum standing_phase *ret);

const char *word_step_key(enum step_status s); /* "open", "next", "done", "failed", "skipped", "unknown" */
const char *word_step(enum step_status s, enum lang lang);

const char *word_clock_key(enum clock_status s); /* "running", "met", "late", "met_late", "expired", "reached" */
const char *word_clock(enum clock_status s, enum lang lang);

/* Label of a kind of person facts: a step of the packs, else a row of fact_kinds.def; the key itself when it is neither. */
const char *word_fact_kind(const struct rules *r, const char *kind, enum lang lang);

/* What a row of a rule pack is about. */
const char *word_rules_row(const struct rules_row *row, enum lang lang, struct arena *a);

/* Label of a kind of unit facts. */
const char *word_unit_fact(const char *kind, enum lang lang);

/* A day as the language writes it, "–" when it is not known. */
const char *word_day(struct day d, enum lang lang, struct arena *a);

/* 9805 as "9.805" or "9,805". */
const char *word_number(int64_t v, enum lang lang, struct arena *a);

/* Thousandths as a decimal without idle zeros: 205000 as "205", 3500 as "3,5" or "3.5". Not negative. */
const char *word_milli(int64_t milli, enum lang lang, struct arena *a);

/* "quá hạn 12 ngày", "còn 3 ngày", "hôm nay": how far `due` is from `on`. */
const char *word_days(struct day due, struct day on, enum lang lang, struct arena *a);
