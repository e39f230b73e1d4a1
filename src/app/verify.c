#include "app/verify.h"
#include "app/ops.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ENTRIES_AT_A_TIME = 1000 };

static enum err wrong_entry(const struct entry *e, enum msg msg, const char *why, struct fault *f)
{
	char field[FAULT_FIELD_SIZE], id[24];
	(void)snprintf(id, sizeof id, "%" PRId64, e->id.v);
	(void)snprintf(field, sizeof field, "journal:%s", id);
	return FAULT(f, E_STORAGE, field, msg, id, e->op, why);
}

static enum err replay_entry(struct app *copy, const struct entry *e, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault why;
	if (op_replay(copy, e, &a, &why) != OK)
		return wrong_entry(e, MSG_VERIFY_REPLAY, fault_text(&why, copy->lang, &a), f);
	if (strcmp(copy->head.hash, e->hash) != 0)
		return wrong_entry(e, MSG_VERIFY_OTHER_RESULT, "", f);
	return OK;
}

static enum err replay(struct app *app, struct app *copy, struct fault *f)
{
	struct entry_id at = { 0 };
	size_t n;
	TRY(app_begin(copy, f));
	do {
		scoped(arena_done) struct arena a = { 0 };
		struct entry *entries;
		TRY(journal_read(app->db, at, ENTRIES_AT_A_TIME, &a, &entries, &n, f));
		for (size_t i = 0; i < n; i++)
			TRY(replay_entry(copy, &entries[i], f));
		if (n)
			at = entries[n - 1].id;
	} while (n);
	return app_commit(copy, f);
}

static enum err compare_table(struct app *app, struct app *copy, const char *table, int64_t *rows, struct fault *f)
{
	char mine[65], other[65], field[FAULT_FIELD_SIZE], n_mine[24], n_other[24];
	int64_t rows_mine, rows_other;
	TRY(db_table_hash(app->db, table, mine, &rows_mine, f));
	TRY(db_table_hash(copy->db, table, other, &rows_other, f));
	*rows += rows_mine;
	if (strcmp(mine, other) == 0)
		return OK;
	(void)snprintf(field, sizeof field, "table:%s", table);
	(void)snprintf(n_mine, sizeof n_mine, "%" PRId64, rows_mine);
	(void)snprintf(n_other, sizeof n_other, "%" PRId64, rows_other);
	return FAULT(f, E_STORAGE, field, MSG_VERIFY_TABLE, table, n_mine, n_other);
}

static enum err compare(struct app *app, struct app *copy, struct verify_result *ret, struct fault *f)
{
	size_t n;
	const char *const *tables = db_tables(&n);
	for (size_t i = 0; i < n; i++) {
		if (!db_is_journalled(tables[i]))
			continue;
		TRY(compare_table(app, copy, tables[i], &ret->rows, f));
		ret->tables++;
	}
	return OK;
}

static enum err check(struct app *app, struct app *copy, struct verify_result *ret, struct fault *f)
{
	struct verify_result result = { 0 };
	struct journal_head head;
	TRY(journal_verify(app->db, &result.entries, &head, f));
	memcpy(result.head, head.hash, sizeof result.head);
	TRY(replay(app, copy, f));
	TRY(compare(app, copy, &result, f));
	*ret = result;
	return OK;
}

/* One transaction, so that everything checked is of one moment. */
enum err verify_all(struct app *app, struct verify_result *ret, struct fault *f)
{
	struct app copy;
	TRY(db_integrity(app->db, f));
	TRY(app_begin(app, f));
	enum err e = app_open(NULL, APP_WRITE, &copy, f);
	if (e == OK) {
		copy.lang = app->lang;
		e = check(app, &copy, ret, f);
		app_close(&copy);
	}
	app_rollback(app);
	return e;
}
