/* Small forms that are no operations (sign in, password, names of tokens): their fields, and what is wrong with them. */
#pragma once

#include "web/html.h"
#include "web/web.h"

struct text_field {
	const char *name, *label;
	const char *type;          /* "text", "password" */
	const char *autocomplete;  /* NULL: off */
	const char *value, *help;  /* NULL: none */
	const char *error;         /* NULL: none */
	bool digits;               /* a keypad of digits on phones */
	bool focus;                /* where typing begins */
};

/* The template of one field. */
void page_text_field(struct html *h, const struct text_field *v);

/* In the language of the visit. */
#define SAY(v, vi_, en_) ((v)->lang == LANG_VI ? (vi_) : (en_))

/* What was posted under that name; "" when nothing was. */
const char *text_field_posted(const struct visit *v, const char *name);

/* Puts the fault's sentence at the field that it names; returns it when none of them is named, else NULL. */
const char *text_field_fault(struct text_field *const fields[], size_t n, const struct visit *v, const struct fault *wrong);

/* Whether the person at the form can do something about it: it is shown again with this status. Other faults get a page of their own. */
bool text_field_mendable(enum err e, int *ret_status);
