/* The vocabulary of rule packs: named predicates. A new one is a function, a row in check.c and its tests. */
#pragma once

#include "domain/trail.h"

enum check_arg { CHECK_ARG_NONE, CHECK_ARG_STEP, CHECK_ARG_STEP_IF_ANY, CHECK_ARG_CLOCK, CHECK_ARG_LENGTH, CHECK_ARG_SCHOOLING,
	CHECK_ARG_FACT, CHECK_ARG_FACT_IF_ANY };

enum check_result {
	CHECK_HOLDS,
	CHECK_FAILS,
	CHECK_DOUBT,   /* it depends on how the rule is read: a warning, whatever the severity */
	CHECK_UNKNOWN, /* what it asks about is not on record */
	CHECK_NOT_ASKED, /* its days, `when` or `unless` say that it does not concern this case */
};

/* A check asked of one person as of a day. */
struct check_case {
	const struct rules *rules;
	const struct calendar *calendar;
	const struct pack *pack;
	const struct check *check;
	const struct trail *trail;
	struct day on;
	const struct fact *fact;  /* that is being recorded; NULL: asked of what is to come */
	struct day *named;        /* day for "{day}" in the sentence; check_ask gives the place */
};

struct predicate {
	const char *key;
	enum check_arg a, b;
	bool bounded;             /* takes min, max or both */
	enum check_result (*holds)(const struct check_case *c);
	enum msg doubt, unknown;  /* what to say then; MSG_NONE: nothing */
	/* Writes what stands for the word in braces of the pack's sentence ("{papers}"); NULL: such sentences have none. */
	void (*fill)(const struct check_case *c, enum lang lang, size_t size, char *ret);
	bool of_fact;             /* looks at the fact that is being recorded: not at steps, which are asked for before there is one */
};

const struct predicate *check_predicate(const char *key); /* NULL when there is none */
const char *check_predicates(void);                       /* all keys, for a message */
int check_schooling_rank(const char *code);               /* from the lowest, -1 when unknown */

/* The result, and for anything but CHECK_HOLDS and CHECK_NOT_ASKED the sentence with its citation in *ret (msg MSG_NONE when there is
 * nothing to say). */
enum check_result check_ask(const struct check_case *c, struct fault *ret);
