/* A plan of a reorganisation as one text (docs/reorganisations.md): JSON in, canonical JSON out. */
#pragma once

#include "app/fields.h"
#include "domain/reorg.h"

enum { REORG_TEXT_MAX = 200000 /* characters */, REORG_ACTIONS_MAX = 5000, REORG_PEOPLE_MAX = 200000 };

/* Limits of size and number, words, codes and days; E_INVALID and E_TOOBIG with a path such as "actions[3].parent". What the plan means is
 * not looked at. FIELD_TRUSTED: a text that was stored. */
enum err reorg_text_parse(const char *text, enum field_trust trust, struct arena *a, struct reorg_plan *ret, struct fault *f) MUST_CHECK;

/* What it does, in one paragraph: "Hợp nhất từ 01/07/2025: thành lập XC «Đảng bộ xã An Bình»; XA → XC; ...". */
const char *reorg_text_words(const struct reorg_plan *plan, enum lang lang, struct arena *a);

/* The same plan always gives the same text. */
const char *reorg_text_of(const struct reorg_plan *plan, struct arena *a);
