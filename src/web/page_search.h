/* What somebody types into the search box: organisations and people, with or without accents, by code or citizen ID. */
#pragma once

#include "web/web.h"

enum { SEARCH_MOST = 50, SEARCH_PART_MOST = 8 };

struct search_row {
	int64_t id;                /* of a person */
	const char *name;
	const char *code, *unit_name; /* of the unit itself, or where the person belongs */
	const char *kind;          /* of a unit: label */
	const char *state;         /* of a person: label */
	struct day birth;
	struct url url;
};

/* JSON: {"query","units":[{"code","name","kind"}],"people":[{"id","name","birth","unit","unit_name","state"}],"more"} */
struct search_view {
	const char *q;             /* as typed; "" */
	const char *problem;       /* why it could not be looked for; NULL */
	struct search_row *units, *people;
	size_t units_n, people_n;
	bool more;                 /* there are others */
	struct url all;            /* the page with all of them */
};

enum err search_load(struct visit *v, struct search_view *view, struct fault *f) MUST_CHECK;
void search_json(struct json *j, const struct search_view *view);
void page_search(struct html *h, const struct search_view *v);
/* The list alone, for the search box: the first few. */
void page_search_part(struct html *h, const struct search_view *v);
