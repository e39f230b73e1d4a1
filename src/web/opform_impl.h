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
	const struct unit *unit;   /* whose record it changes, when they see it; NULL */
	const struct fact *old;    /* that a correction is about; NULL: none, or unknown */
};

const char *opform_title(const struct visit *v, const struct op *op);
const char *opform_given(const struct opform_case *c, const char *name); /* "" counts as absent: NULL */
struct opform_note *opform_note(const struct opform_case *c, const char *text);

void opform_option(struct arena *a, struct input_options *list, const char *value, const char *label);
struct input_options opform_codes(const struct visit *v, enum code_table t);
/* Makes a select of an input; one more empty choice at the top. */
void opform_select(const struct opform_case *c, struct input *in, struct input_options options);

/* Whether the form records or corrects one fact of a kind that is known, so that its fields depend on the kind. */
bool opform_is_of_fact(const struct opform_case *c);
/* The form of one step or attribute: title, notes, which fields it has. Called when person and kind are given and the reader may see the
 * person. */
enum err opform_fact(struct opform_case *c, struct fault *f) MUST_CHECK;
bool opform_fact_has(const struct opform_case *c, const char *field);
void opform_fact_input(const struct opform_case *c, const struct field *fd, struct input *in);
const char *opform_kind_label(const struct visit *v, const char *kind); /* of a fact */
/* Of helpers, where the form is about one: title, whom it ends, who can be named; then each input. */
enum err opform_helper(struct opform_case *c, struct fault *f) MUST_CHECK;
void opform_helper_input(const struct opform_case *c, const struct field *fd, struct input *in);
/* What a proposal of another birth day says, and who made it. */
void opform_birth(struct opform_case *c, const struct facts *active);
/* Title of a correction, and what was recorded; called before the inputs are made. */
enum err opform_correct(struct opform_case *c, struct fault *f) MUST_CHECK;
