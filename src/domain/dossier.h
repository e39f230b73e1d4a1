/* The papers of a dossier as a checklist: which are there, which are missing, which have to be made again, and why. The rows are those
 * of the pack in force (key `papers`).
 *
 * A paper is on record by itself (a fact "paper:KEY"), or by a fact that counts for it (`also`: the step "opinions" for the summary of
 * opinions, a statement that nothing changed for a new verification). Where nobody keeps the list singly - no paper was recorded before the
 * dossier ran out - all papers count as made on the day of the dossier.
 *
 * Twelve months after the dossier was made (clock T2; G06 5.4a) the rows with `redo_after` have to be made again, unless there is one
 * dated not more than twelve months before the branch meets. The others, application and CV, stay. */
#pragma once

#include "domain/standing.h"
#include "domain/trail.h"

enum paper_status {
	PAPER_MISSING,
	PAPER_THERE,
	PAPER_REDO,       /* too old: make it again */
	PAPER_EARLY,      /* written before the time it is about was over: write it again */
	PAPER_NOT_NEEDED, /* by an `unless` of its row */
	PAPER_OTHER_CASE, /* by its `when`: nothing of this kind concerns the person */
};

/* Whose dossier, by which pack, and as of which day. */
struct dossier {
	const struct rules *rules;
	const struct calendar *calendar;
	const struct pack *pack;
	const struct trail *trail;
	struct day on;             /* facts up to this day */
	struct day meets;          /* the branch meets: papers are as old as they are then */
};

/* As a page shows it: of the recognition once the ceremony was held, of the admission before; as of the day on which the branch voted, by
 * the pack of that day, else as of today. */
struct dossier dossier_now(const struct world *w, const struct trail *t, struct day today);

struct dossier_paper {
	const struct paper_row *row;
	enum paper_status status;
	struct day on;             /* of the newest one, or of the dossier; DAY_NONE: not there */
	const struct fact *fact;   /* by which it is known; NULL: not there, or by the day of the dossier */
	const struct pattern *why; /* of PAPER_NOT_NEEDED: what makes it so; else NULL */
};

struct dossier_paper dossier_paper(const struct dossier *d, const struct paper_row *row);

/* The rows of its half, admission or recognition, that concern the person, in the order of the pack; of those that are missing only what
 * the next step needs. */
void dossier_list(const struct dossier *d, struct arena *a, struct dossier_paper **ret, size_t *ret_n);

const char *dossier_status_key(enum paper_status s);                   /* "missing", "there", "redo", "early", "not_needed" */
const char *dossier_status_label(enum paper_status s, enum lang lang);

/* Whether the newest paper of that kind is PAPER_EARLY. */
bool dossier_is_early(const struct dossier *d, const char *paper);

/* Whether the row belongs to the recognition of a probationary member, not to the admission. */
bool dossier_of_recognition(const struct pack *p, const struct paper_row *row);

/* Whether anything is known of the papers that are needed at a step: some are on record, or the day of the dossier that they belong to. An
 * old list of bare decisions has none, and nothing is missing from it. */
bool dossier_known(const struct dossier *d, int at_step);

/* Short names of the papers in that state which are needed at a step: "3-KNĐ, 5-KNĐ", else the labels. Returns how many. At most `size`
 * bytes are written, "…" in place of the names that do not fit. */
enum { DOSSIER_NAMES_LEAST = 5 };
size_t dossier_names(const struct dossier *d, int at_step, enum paper_status status, enum lang lang, size_t size, char *ret);

/* The name of the paper, with the special case that asks for it. */
const char *dossier_label(const struct paper_row *row, enum lang lang, struct arena *a);

/* "3-KNĐ" of "Giấy giới thiệu người vào Đảng (3-KNĐ)"; the label where it ends otherwise. */
const char *dossier_short_name(const char *paper, enum lang lang, size_t *ret_n);
