/* What stands behind the rows of ops.c: the check and the apply of each operation, grouped by file. */
#pragma once

#include "app/ops.h"

typedef enum err op_check_fn(struct app *app, const void *in, struct arena *a, struct warnings *w, struct fault *f);
typedef enum err op_tidy_fn(struct app *app, void *in, struct arena *a, struct fault *f);
typedef enum err op_apply_fn(struct app *app, const void *in, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f);

op_check_fn ops_unit_open_check, ops_unit_rename_check, ops_unit_move_check, ops_unit_close_check, ops_unit_fact_check;
op_tidy_fn ops_unit_fact_tidy, ops_target_set_tidy, ops_person_record_tidy, ops_fact_record_tidy, ops_fact_correct_tidy;
op_apply_fn ops_unit_open, ops_unit_rename, ops_unit_move, ops_unit_close, ops_unit_fact;

op_check_fn ops_class_open_check, ops_target_set_check, ops_calendar_set_check;
op_apply_fn ops_class_open, ops_target_set, ops_calendar_set;

op_check_fn ops_person_record_check, ops_fact_record_check, ops_fact_correct_check;
op_apply_fn ops_person_record, ops_fact_record, ops_fact_correct;

/* Positions in struct app's next_id. */
enum { NEXT_UNIT, NEXT_PERSON, NEXT_CLASS, NEXT_TARGET };

/* "Mã: giá trị": a day as the user writes it, in the arena. */
const char *ops_day_text(struct day d, struct arena *a);

/* A warning with its field, message and up to three arguments. */
#define WARN(a, w, field, ...) \
	do { \
		struct fault warn_; \
		if (FAULT(&warn_, E_RULE, field, __VA_ARGS__) != OK) \
			warnings_add((a), (w), &warn_); \
	} while (0)

/* The unit of that code, open on the day: E_NOTFOUND, or E_RULE for a day on which it is closed or not yet there. */
enum err ops_open_unit(struct app *app, const char *code, const char *field, struct day on, struct unit **ret, struct fault *f) MUST_CHECK;

/* The class of that code: E_NOTFOUND. */
enum err ops_class(struct app *app, const char *code, struct arena *a, struct class_id *ret, struct fault *f) MUST_CHECK;

/* Gives the fault the name of the input field at which the fact came in; returns its code. */
enum err ops_name_field(struct fault *f, const char *field);
