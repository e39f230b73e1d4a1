/* An operation as a form: made from its field table, filled from the address, from what was posted, or from what is known. */
#pragma once

#include "app/ops.h"
#include "web/web.h"

struct vote_panel;

enum input_kind { INPUT_HIDDEN, INPUT_TEXT, INPUT_NUMBER, INPUT_DAY, INPUT_SELECT };

struct input_option {
	const char *value, *label;
};

struct input {
	const char *name, *label;
	enum input_kind kind;
	const char *value;         /* as typed or prefilled; NULL: empty */
	const char *help;          /* below the field; NULL: none */
	const char *error;         /* the fault that names this field; NULL: none */
	bool required;
	int32_t max;
	const struct input_option *options; /* of a select */
	size_t options_n;
	const char *list;          /* id of a datalist; NULL */
	const char *group;         /* a heading that begins here; NULL: as before */
	bool folded;               /* of that group: not needed by most, shown on demand */
};

/* Something to know before filling it in. */
struct opform_note {
	const char *text;
	const char *cite;          /* NULL: none */
	bool bad;                  /* it stands in the way */
};

struct opform {
	const struct op *op;
	const char *title;         /* what is being done, to whom */
	const char *lead;          /* explanation: why this step, what follows, with the citation; NULL: none */
	const char *cite;
	struct url action, back;
	const char *back_given;    /* where the address says to go on; NULL */
	const char *submit;        /* on the button */
	struct input *inputs;
	size_t n, cap;
	struct opform_note *notes; /* what is still missing, the clock it stops, the clock it starts, how votes count */
	size_t notes_n, notes_cap;
	const struct vote_panel *vote; /* who acts at the step, and what the counts come to (web/vote_panel.h); NULL: nothing to say */
	const struct input_option *units, *classes; /* of the datalists */
	size_t units_n, classes_n;
	const char *error;         /* a fault that no field shows */
	const char *error_cite;
	const char **changed;      /* stale version: what was recorded meanwhile, one sentence each */
	size_t changed_n;
	const char *csrf, *once;
	const char *version;
};

#define OPFORM_UNITS "opform-units"
#define OPFORM_CLASSES "opform-classes"

/* `given`: texts of the fields (posted or in the address), `fault`: of the last try or NULL. The person, the kind of fact and the number
 * of a corrected fact are hidden once they are given; the title names them. */
enum err opform_make(struct visit *v, const struct op *op, const struct form *given, const struct fault *fault, struct opform *ret,
	struct fault *f) MUST_CHECK;

/* The template; other pages may print it inside their own. */
void page_opform(struct html *h, const struct opform *v);

/* Behind the last input of the group that begins at position i. */
size_t opform_group_end(const struct opform *form, size_t i);
