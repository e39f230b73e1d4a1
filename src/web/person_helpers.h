/* Introducers and helpers of a person: who they are, whether somebody is missing, and in whose place another one has to be named. */
#pragma once

#include "domain/helper.h"
#include "web/web.h"

struct person_helper {
	int32_t seq;
	const char *role;          /* CODES_HELPER */
	const char *role_label;
	int64_t id;                /* of the helper; 0: not of the register */
	const char *name, *unit_name; /* unit_name NULL: not of the register */
	struct url url;            /* of their page; NULL text: not to be seen, or not of the register */
	struct day on, shared;     /* named; in the same unit since, as it was given (DAY_NONE: not) */
	const char *paper;         /* NULL: none */
	struct day until;          /* DAY_NONE: in force */
	const char *why_until;     /* NULL: the task was over */
	const char *gone;          /* why somebody else has to be named; NULL: nobody has to */
	const char *gone_key;
	struct url replace, end;   /* NULL text: not offered */
};

struct person_helpers {
	struct person_helper *v;   /* in force first, then by day */
	size_t n, in_force, gone_n;
	const char *missing, *missing_cite; /* what is missing; NULL: nothing */
	const char *cite;          /* of replacement */
	struct helper_link {
		const char *label;
		struct url url;
	} *links;                  /* to name somebody */
	size_t links_n;
};

enum err person_helpers_load(struct visit *v, const struct facts *active, bool may_write, struct person_helpers *ret,
	struct fault *f) MUST_CHECK;

/* "helpers":[{"seq","role","role_label","helper","name","since","until","reason","flag"}], "helpers_missing" */
void person_helpers_json(struct json *j, const struct person_helpers *h);

void page_person_helpers(struct html *h, const struct person_helpers *v);
