/* Organisations below a committee, and people in them. */
#pragma once

#include "demo/chain.h"
#include "demo/people.h"

/* A grassroots organisation: a committee with branches, or a branch that is itself grassroots (branches 0). */
struct place {
	const char *code, *name, *kind, *sector;
	int branches, weight; /* weight: how many of the members belong here, in proportion */
};

/* Opens them below `parent`, with their branches CODE-01, CODE-02, ... */
enum err places_open(struct made *m, const char *parent, const struct place *v, size_t n, struct fault *f) MUST_CHECK;

/* One of them, drawn by weight. */
const struct place *places_draw(struct made *m, const struct place *v, size_t n);

/* Code of one of its branches, or its own; stays until the next operation. */
const char *places_branch(struct made *m, const struct place *p);

/* The kind of people that such a place finds. */
enum people_kind places_people(struct made *m, const struct place *p);

/* Somebody on the way to admission. What is NULL or zero is drawn as fits the place. */
struct places_person {
	const struct place *place;
	const char *branch;           /* code */
	struct day decided;
	bool has_kind;
	enum people_kind kind;
	enum people_youth youth;
	const char *religion, *education, *introducer;
	struct made_class *class_;
	bool always_in_time;
	enum chain_step last;         /* not further than this */
};
enum err places_admit(struct made *m, const struct places_person *p, struct fault *f) MUST_CHECK;

/* People for the seats of a class that nobody has taken: they have the certificate and wait. `moved` in a hundred went elsewhere, and
 * of these `notified` in a hundred were announced there. */
struct places_stock {
	const struct place *places;
	size_t places_n;
	bool has_kind;
	enum people_kind kind;
	uint32_t moved, notified;
};
enum err places_fill_class(struct made *m, struct made_class *c, const struct places_stock *s, struct fault *f) MUST_CHECK;

/* `count` members from before `before`; `left` of them have left since, on days drawn from `leaving`. */
enum err places_veterans(struct made *m, const struct place *v, size_t n, int count, struct day before, int left, struct period leaving,
	struct fault *f) MUST_CHECK;
