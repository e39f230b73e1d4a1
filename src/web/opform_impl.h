/* What opform.c and opform_fact.c share. */
#pragma once

#include "web/opform.h"
#include "web/web_impl.h"

struct input_options {
	struct input_option *v;
	size_t n, cap;
};

/* An operation's form while it is made. */
struct opform_case {
	struct visit *v;
	const struct op *op;
	const struct form *given;  /* never NULL */
	struct opform *out;
	struct input_options members; /* who can be named as a helper */
	struct input_options about; /* facts that it may belong to */
	const struct fact *old;    /* which is corrected; NULL */
	const struct unit *unit;   /* whose record it changes, when they see it; NULL */
};

const char *opform_title(const struct visit *v, const struct op *op);
const char *opform_given(const struct opform_case *c, const char *name); /* "" counts as absent: NULL */
struct opform_note *opform_note(const struct opform_case *c, const char *text);

void opform_option(struct arena *a, struct input_options *list, const char *value, const char *label);
struct input_options opform_codes(const struct visit *v, enum code_table t);
bool opform_offers(const struct input_options *list, const char *value);
/* Makes a select of an input; one more empty choice at the top. */
void opform_select(const struct opform_case *c, struct input *in, struct input_options options);

/* The form of one step or attribute: title, notes, which fields it has. Called when person and kind are given and the reader may see the
 * person. */
enum err opform_fact(struct opform_case *c, struct fault *f) MUST_CHECK;
bool opform_fact_has(const struct opform_case *c, const char *field);
void opform_fact_input(const struct opform_case *c, const struct field *fd, struct input *in);
const char *opform_kind_label(const struct visit *v, const char *kind); /* of a fact */
bool opform_kind_has_value(const struct step *step, const struct fact_kind *kind);
bool opform_kind_has(const char *kind, const char *field); /* of the fields that few kinds have */
void opform_value_input(const struct opform_case *c, const char *kind, struct input *in);
void opform_detail_input(const struct opform_case *c, const char *kind, struct input *in);
/* Of a value of the site's own: which, and what may be written. */
enum err opform_rule(struct opform_case *c, struct fault *f) MUST_CHECK; /* what the value is that is ended */
void opform_rule_input(const struct opform_case *c, const struct field *fd, struct input *in);
/* Of helpers, where the form is about one: title, whom it ends, who can be named; then each input. */
enum err opform_helper(struct opform_case *c, struct fault *f) MUST_CHECK;
void opform_helper_input(const struct opform_case *c, const struct field *fd, struct input *in);
/* What a proposal of another birth day says, and who made it. */
void opform_birth(struct opform_case *c, const struct facts *active);
/* A correction: what is on record, and the fields that such a fact has. */
enum err opform_correct(struct opform_case *c, struct fault *f) MUST_CHECK;
#define OPFORM_COUNTS "members|away|exempt_absent|suspended|yes|no" /* fields of a vote */
bool opform_correct_has(const struct opform_case *c, const char *field);
void opform_correct_input(const struct opform_case *c, const struct field *fd, struct input *in);
