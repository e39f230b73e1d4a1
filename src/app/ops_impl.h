/* What stands behind the rows of ops.c: the check and the apply of each operation, grouped by file. */
#pragma once

#include "app/ops.h"
#include "domain/reorg.h"

typedef enum err op_check_fn(struct app *app, const void *in, struct arena *a, struct warnings *w, struct fault *f);
typedef enum err op_tidy_fn(struct app *app, void *in, struct arena *a, struct fault *f);
typedef enum err op_apply_fn(struct app *app, const void *in, struct entry_id entry, struct arena *a, struct op_result *ret,
	struct fault *f);

op_check_fn ops_unit_open_check, ops_unit_rename_check, ops_unit_move_check, ops_unit_close_check, ops_unit_fact_check;
op_tidy_fn ops_unit_fact_tidy, ops_target_set_tidy, ops_person_record_tidy, ops_fact_record_tidy, ops_fact_correct_tidy;
op_apply_fn ops_unit_open, ops_unit_rename, ops_unit_move, ops_unit_close, ops_unit_fact;

op_check_fn ops_class_open_check, ops_target_set_check;
op_apply_fn ops_class_open, ops_target_set;

op_check_fn ops_calendar_set_check, ops_calendar_block_check, ops_calendar_check_check;
op_tidy_fn ops_calendar_set_tidy, ops_calendar_block_tidy, ops_calendar_check_tidy;
op_apply_fn ops_calendar_set, ops_calendar_block, ops_calendar_check;
/* What a calendar_set or calendar_block would give, of its tidied input. */
enum err ops_calendar_days(const struct op *op, const void *in, struct arena *a, struct calendar_days *ret, struct fault *f) MUST_CHECK;

op_check_fn ops_rule_set_check, ops_rule_end_check;
op_tidy_fn ops_rule_set_tidy, ops_rule_end_tidy;
op_apply_fn ops_rule_set, ops_rule_end;
op_check_fn ops_reorganise_check, ops_reorganise_undo_check;
op_tidy_fn ops_reorganise_tidy;
op_apply_fn ops_reorganise, ops_reorganise_undo;


op_check_fn ops_person_record_check, ops_fact_record_check, ops_fact_correct_check;
op_apply_fn ops_person_record, ops_fact_record, ops_fact_correct;

op_check_fn ops_person_transfer_check;
op_apply_fn ops_person_transfer;
op_check_fn ops_verify_request_check;
op_apply_fn ops_verify_request;
op_check_fn ops_helper_replace_check;
op_apply_fn ops_helper_replace;

op_check_fn ops_birth_propose_check, ops_birth_confirm_check;
op_tidy_fn ops_birth_propose_tidy;
op_apply_fn ops_birth_propose, ops_birth_confirm;

op_check_fn ops_account_open_check, ops_account_close_check, ops_account_reset_check, ops_role_grant_check, ops_role_end_check,
	ops_policy_set_check;
op_tidy_fn ops_account_open_tidy, ops_account_close_tidy, ops_account_reset_tidy, ops_role_grant_tidy, ops_role_end_tidy,
	ops_policy_set_tidy;
op_apply_fn ops_account_open, ops_account_close, ops_account_reset, ops_role_grant, ops_role_end, ops_policy_set;

typedef enum err op_access_fn(struct app *app, const void *in, struct arena *a, struct access_need *ret, struct fault *f);
op_access_fn access_unit_open, access_unit_rename, access_unit_move, access_unit_close, access_unit_fact, access_class_open,
	access_target_set, access_person_record, access_fact_record, access_fact_correct, access_calendar_set, access_account_open,
	access_account_close, access_account_reset, access_role_grant, access_role_end, access_policy_set, access_rule_set, access_rule_end;
op_access_fn access_reorganise, access_reorganise_undo;
op_access_fn access_person_transfer, access_birth_propose, access_birth_confirm, access_verify_request;
op_access_fn access_helper_replace;
op_access_fn access_calendar_block, access_calendar_check;

/* The grant that role_end means; E_NOTFOUND, and that fault by itself. */
struct grant_get_row;
enum err ops_grant_meant(struct app *app, const struct role_end_in *in, struct arena *a, struct grant_get_row *ret,
	struct fault *f) MUST_CHECK;
enum err ops_grant_unknown(const struct role_end_in *in, struct arena *a, struct fault *f) MUST_CHECK;

/* Positions in struct app's next_id. */
enum { NEXT_UNIT, NEXT_PERSON, NEXT_CLASS, NEXT_TARGET, NEXT_ACCOUNT, NEXT_GRANT, NEXT_REORG };

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

/* A unit of that code without any fact. A code whose opening was taken back goes on under its number. */
enum err ops_unit_new(struct app *app, const char *code, struct entry_id entry, struct unit_id *ret, struct fault *f) MUST_CHECK;

/* Stores one more fact of a unit, numbered, and has it in the tree. */
enum err ops_unit_add_fact(struct app *app, struct unit_id unit, struct unit_fact fact, struct fault *f) MUST_CHECK;

/* The plan of an entry of the journal, as it was resolved. */
enum err reorg_plan_recorded(struct app *app, struct entry_id entry, struct arena *a, struct reorg_plan *ret, struct fault *f) MUST_CHECK;

/* A plan read, resolved against what is on record today, and the tree that it makes. */
enum err reorg_plan_of(struct app *app, const char *text, struct arena *a, struct reorg_plan *ret, struct tree *ret_after,
	struct fault *f) MUST_CHECK;

/* The class of that code: E_NOTFOUND. */
enum err ops_class(struct app *app, const char *code, struct arena *a, struct class_id *ret, struct fault *f) MUST_CHECK;

/* What is asked of a fact that names or ends an introducer or helper, or of a vote while one of them is gone; that another person
 * whom a fact names is on record. */
enum err ops_helper_check(struct app *app, struct person_id id, const struct facts *active, const struct fact *fact, struct arena *a,
	struct warnings *w, struct fault *f) MUST_CHECK;

/* Gives the fault the name of the input field at which the fact came in; returns its code. */
enum err ops_name_field(struct fault *f, const char *field);
