/* A made-up person and the world around, for tests of what standing() says: the shipped rules and days off, a small tree. */
#pragma once

#include "testing.h"

#include "domain/rules_shipped.h"
#include "domain/standing.h"

/* Units of the tree; all open since 1/1/2000. */
enum {
	U_PROVINCE = 1,
	U_COMMUNE,      /* below the province */
	U_HAMLET,       /* branch directly below the commune */
	U_UNIVERSITY,   /* grassroots committee below the province */
	U_FACULTY,      /* branch below the university */
	U_SUB,          /* sub-committee below the university */
	U_LABORATORY,   /* branch below the sub-committee */
	U_OFFICE,       /* grassroots branch below the province */
	U_YOUNG,        /* branch opened on 1/1/2024 */
	U_CLOSED,       /* branch closed on 1/1/2024 */
};

struct person {
	struct arena arena;
	struct tree tree;
	struct rules rules;
	struct calendar calendar;
	struct world world;
	struct facts all;
	struct warnings warnings;
	int unit; /* where the next facts happen */
};

static inline struct day iso(const char *text)
{
	struct day d = DAY_NONE;
	assert_int_equal(day_parse(text, "", &d, NULL), OK);
	return d;
}

static inline void person_unit(struct person *p, int id, int parent, const char *kind, const char *opened)
{
	char code[16];
	(void)snprintf(code, sizeof code, "U%d", id);
	struct unit *u = tree_add(&p->tree, (struct unit_id){ id }, code);
	const struct unit_fact facts[] = {
		{ .seq = 1, .kind = UNIT_OPEN, .from = iso(opened), .paper_on = DAY_NONE },
		{ .seq = 2, .kind = UNIT_NAME, .from = iso(opened), .value = code, .paper_on = DAY_NONE },
		{ .seq = 3, .kind = UNIT_KIND, .from = iso(opened), .value = kind, .paper_on = DAY_NONE },
		{ .seq = 4, .kind = UNIT_PARENT, .from = iso(opened), .ref = { parent }, .paper_on = DAY_NONE },
	};
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		tree_add_fact(&p->tree, u, &facts[i]);
}

static inline void person_init(struct person *p)
{
	struct fault f;
	*p = (struct person){ .unit = U_FACULTY };
	p->tree.arena = &p->arena;
	assert_ok(rules_shipped_load(&p->arena, &p->rules, &p->calendar, &f));
	person_unit(p, U_PROVINCE, 0, "PROVINCE", "2000-01-01");
	person_unit(p, U_COMMUNE, U_PROVINCE, "COMMUNE", "2000-01-01");
	person_unit(p, U_HAMLET, U_COMMUNE, "BRANCH", "2000-01-01");
	person_unit(p, U_UNIVERSITY, U_PROVINCE, "GRASS_DB", "2000-01-01");
	person_unit(p, U_FACULTY, U_UNIVERSITY, "BRANCH", "2000-01-01");
	person_unit(p, U_SUB, U_UNIVERSITY, "SUB_DB", "2000-01-01");
	person_unit(p, U_LABORATORY, U_SUB, "BRANCH", "2000-01-01");
	person_unit(p, U_OFFICE, U_PROVINCE, "GRASS_CB", "2000-01-01");
	person_unit(p, U_YOUNG, U_COMMUNE, "BRANCH", "2024-01-01");
	person_unit(p, U_CLOSED, U_COMMUNE, "BRANCH", "2000-01-01");
	const struct unit_fact closing = { .seq = 5, .kind = UNIT_CLOSE, .from = iso("2024-01-01"), .paper_on = DAY_NONE };
	tree_add_fact(&p->tree, tree_find(&p->tree, (struct unit_id){ U_CLOSED }), &closing);
	p->world = (struct world){ &p->rules, &p->calendar, &p->tree };
}

/* Rules of an installation, written in the test, beside those in force. */
static inline void person_rules_add(struct person *p, const char *yaml)
{
	struct pack *pack;
	struct fault f;
	assert_ok(rules_parse("x.yaml", yaml, strlen(yaml), NULL, &p->arena, &pack, &f));
	rules_add(&p->arena, &p->rules, pack);
}

/* ... and no others. */
static inline void person_rules_own(struct person *p, const char *yaml)
{
	p->rules = (struct rules){ 0 };
	person_rules_add(p, yaml);
}

/* The facts of somebody else, in the same world. */
static inline void person_forget(struct person *p)
{
	p->all = (struct facts){ 0 };
	p->warnings = (struct warnings){ 0 };
}

static inline struct fact person_fact(const struct person *p, const char *kind, const char *on, const char *value)
{
	return (struct fact){ .kind = kind, .on = *on ? iso(on) : DAY_NONE, .unit = { p->unit }, .value = value, .paper_on = DAY_NONE,
		.since = DAY_NONE };
}

/* Puts a fact on record without asking. */
static inline struct fact *person_add(struct person *p, const char *kind, const char *on, const char *value)
{
	struct fact *f = arena_push(&p->arena, p->all.v, p->all.n, p->all.cap);
	*f = person_fact(p, kind, on, value);
	f->seq = (int32_t)p->all.n;
	return f;
}

static inline struct standing person_standing(struct person *p, const char *today)
{
	struct standing s;
	struct facts active = facts_active(&p->all, &p->arena);
	standing(&p->world, &active, iso(today), &p->arena, &s);
	return s;
}

static inline enum err person_can(struct person *p, const struct fact *fact, const char *today, struct fault *f)
{
	struct facts active = facts_active(&p->all, &p->arena);
	p->warnings = (struct warnings){ 0 };
	return standing_can_record(&p->world, &active, fact, iso(today), &p->arena, &p->warnings, f);
}

static inline const struct standing_step *standing_step_of(const struct standing *s, const char *key)
{
	for (size_t i = 0; i < s->steps_n; i++)
		if (strcmp(s->steps[i].step->key, key) == 0)
			return &s->steps[i];
	fail_msg("no step %s", key);
	return NULL;
}

static inline void assert_day(struct day got, const char *want)
{
	char text[DAY_TEXT];
	assert_string_equal(day_iso(got, text), want);
}
