/* An operation as a form: made from its field table, filled from the address, from what was posted, or from what is known. */
#pragma once

#include "app/ops.h"
#include "web/web.h"

enum input_kind { INPUT_HIDDEN, INPUT_TEXT, INPUT_NUMBER, INPUT_DAY, INPUT_SELECT, INPUT_CHECK, INPUT_AREA, INPUT_PASSWORD, INPUT_FILE };

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
	const char *list;          /* id of a datalist with units; NULL */
};

struct opform {
	const struct op *op;
	const char *title;         /* what is being done, to whom */
	const char *lead;          /* explanation: why this step, what follows, with the citation; NULL: none */
	const char *cite;
	struct url action, back;
	const char *submit;        /* on the button */
	struct input *inputs;
	size_t n, cap;
	const char *error;         /* a fault that no field shows */
	const char *error_cite;
	const char **changed;      /* stale version: what was recorded meanwhile, one sentence each */
	size_t changed_n;
	struct warnings warnings;  /* of a trial, before storing */
	const char *csrf, *once;
	int64_t version;
};

/* `given`: texts of the fields (posted or in the address), `fault`: of the last try or NULL. Fields that the address has fixed (person, kind, unit)
 * are hidden when `fixed` names them: "person|kind". */
enum err opform_make(struct visit *v, const struct op *op, const struct form *given, const struct fault *fault, struct opform *ret,
	struct fault *f) MUST_CHECK;

/* page_opform(h, form) is the template; other pages may print it inside their own. */
