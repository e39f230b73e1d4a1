/* On the page of a person: the papers of the dossier as a checklist, and the letters that verify the CV. */
#pragma once

#include "base/json.h"
#include "domain/dossier.h"
#include "domain/request.h"
#include "web/web.h"

struct person_paper {
	const char *key, *label;
	enum paper_status status;
	const char *status_label, *tone; /* of the badge */
	struct day on;             /* DAY_NONE: not there */
	bool by_dossier;           /* not listed singly: the day of the dossier */
	const char *why;           /* not needed because; NULL */
	const char *cite;
	bool verified;             /* false: rests on a text that nobody could read yet */
	struct url record;         /* NULL text: not offered */
};

struct person_request {
	const char *relation, *relation_label;
	const char *place;         /* "" when not known */
	struct day sent, received, due, replied; /* DAY_NONE: not yet, no time */
	const char *when;          /* "quá hạn 12 ngày"; NULL: answered, or no time runs */
	bool late, verified;
	const char *outcome, *outcome_label; /* NULL: not answered */
	struct url record_received, record_reply; /* NULL text: not offered */
};

struct person_proposal {
	const char *label;
	struct url url;
};

struct person_dossier {
	struct person_paper *papers;
	size_t papers_n, open_n;   /* open: missing, or to be made again */
	bool recognition;
	bool show_papers, show_requests;
	struct person_request *requests;
	size_t requests_n, late_n;
	struct person_proposal *proposals; /* about whom no letter went out */
	size_t proposals_n;
	const char *spared;        /* the special case that makes letters needless; NULL */
	struct url birth_confirm;  /* a proposal of another birth day waits; NULL text: none */
};

/* Nothing of it is shown to who may not see the person: the page asks that. */
struct person_dossier *person_dossier(struct visit *v, const struct facts *active, const struct standing *now, bool may_write);

/* "papers":[{"paper","label","status","on","rule","verified"}],"requests":[{"relation","place","sent","received","due","late","replied",
 * "outcome"}] */
void person_dossier_json(struct json *j, const struct person_dossier *d);
void page_person_dossier(struct html *h, const struct person_dossier *v);
