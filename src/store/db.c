#include "store/driver.h"
#include "store/glue.h"

#include "base/hash.h"

#include <assert.h>
#include <string.h>

static const struct db_driver *const drivers[] = { &db_sqlite_driver, &db_pgsql_driver };

enum err db_open(const char *where, enum db_mode mode, struct db **ret, struct fault *f)
{
	for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
		if (!drivers[i]->accepts(where))
			continue;
		TRY(drivers[i]->open(where, mode, ret, f));
		(*ret)->stmts = arena_array(&(*ret)->arena, struct stmt *, (size_t)db_statements_n);
		return OK;
	}
	return FAULT(f, E_INVALID, "data", MSG_STORE_NO_ENGINE, where);
}

void db_close(struct db **db)
{
	if (!*db)
		return;
	db_rollback(*db);
	for (int i = 0; i < db_statements_n; i++) {
		if ((*db)->stmts[i])
			(*db)->driver->finish((*db)->stmts[i]);
	}
	(*db)->driver->close(*db);
	*db = NULL;
}

void db_set_patience(struct db *db, int milliseconds)
{
	db->driver->set_patience(db, milliseconds);
}

enum err db_watch(struct db *db, int wake_fd, int milliseconds, bool *ret_news, struct fault *f)
{
	assert(!db->in_transaction);
	return db->driver->watch(db, wake_fd, milliseconds, ret_news, f);
}

enum err db_grant(struct db *db, const char *role, struct fault *f)
{
	return db->driver->grant(db, role, f);
}

enum err db_role(struct db *db, struct arena *a, const char **ret, struct fault *f)
{
	return db->driver->role(db, a, ret, f);
}

enum err db_version(struct db *db, int *ret, struct fault *f)
{
	return db->driver->version(db, ret, f);
}

void db_unmake(struct db *db)
{
	assert(db->mode == DB_CREATE && !db->in_transaction);
	db->driver->unmake(db);
}

/* ---- transactions ---- */

static enum err check_not_lost(const struct db *db, struct fault *f)
{
	if (db->lost && f)
		*f = db->why;
	return db->lost ? db->why.code : OK;
}

/* SQLite undoes a whole transaction by itself when the disk is full or damaged, where others would only undo to the savepoint. What follows
 * must not be committed one by one. */
static void note_loss(struct db *db, const struct fault *why)
{
	if (!db->in_transaction || db->lost || (why->code != E_STORAGE && db->driver->in_transaction(db)))
		return;
	db->lost = true;
	db->why = *why;
}

/* What an engine says of a statement, kept where it has ended the transaction. */
static enum err heard(struct db *db, enum err e, const struct fault *why, struct fault *f)
{
	if (e == OK)
		return OK;
	note_loss(db, why);
	if (f)
		*f = *why;
	return e;
}

static enum err control(struct db *db, enum control what, struct fault *f)
{
	struct fault why = {0};
	TRY(check_not_lost(db, f));
	return heard(db, db->driver->control(db, what, &why), &why, f);
}

static enum err begin(struct db *db, enum control how, struct fault *f)
{
	assert(!db->in_transaction);
	TRY(control(db, how, f));
	db->in_transaction = true;
	return OK;
}

enum err db_begin(struct db *db, struct fault *f)
{
	return begin(db, CONTROL_BEGIN, f);
}

enum err db_look(struct db *db, struct fault *f)
{
	return begin(db, CONTROL_LOOK, f);
}

enum err db_commit(struct db *db, struct fault *f)
{
	assert(db->in_transaction);
	enum err e = control(db, CONTROL_COMMIT, f);
	if (e == OK)
		db->in_transaction = false;
	else
		db_rollback(db);
	return e;
}

void db_rollback(struct db *db)
{
	if (!db->in_transaction)
		return;
	(void)!db->driver->control(db, CONTROL_ROLLBACK, NULL);
	db->in_transaction = db->lost = false;
}

enum err db_savepoint(struct db *db, struct fault *f)
{
	assert(db->in_transaction);
	return control(db, CONTROL_SAVEPOINT, f);
}

enum err db_release(struct db *db, struct fault *f)
{
	assert(db->in_transaction);
	return control(db, CONTROL_RELEASE, f);
}

void db_rollback_to_savepoint(struct db *db)
{
	assert(db->in_transaction);
	(void)!control(db, CONTROL_UNDO, NULL);
	(void)!control(db, CONTROL_RELEASE, NULL);
}

void db_abandon(struct db *db, const struct fault *why)
{
	assert(db->in_transaction && why->code != OK);
	if (db->lost)
		return;
	db->lost = true;
	db->why = *why;
}

/* ---- statements ---- */

static enum err prepare(struct db *db, int id, struct fault *f)
{
	struct fault why = {0};
	return heard(db, db->driver->prepare(db, &db_statements[id], &db->stmts[id], &why), &why, f);
}

enum err db_stmt(struct db *db, int id, struct stmt **ret, struct fault *f)
{
	assert(id >= 0 && id < db_statements_n);
	TRY(check_not_lost(db, f));
	if (!db->stmts[id])
		TRY(prepare(db, id, f));
	assert(!db->stmts[id]->busy); /* a function called for each row must not ask the same query again */
	db->stmts[id]->busy = true;
	*ret = db->stmts[id];
	return OK;
}

void stmt_bind_i64(struct stmt *s, int i, int64_t v)
{
	assert(i >= 1 && s->def->params[i - 1] == 'i');
	s->db->driver->bind_i64(s, i, v);
}

void stmt_bind_text(struct stmt *s, int i, const char *v)
{
	assert(i >= 1 && s->def->params[i - 1] == 't');
	if (v)
		s->db->driver->bind_text(s, i, v);
	else
		s->db->driver->bind_null(s, i);
}

void stmt_bind_null(struct stmt *s, int i)
{
	s->db->driver->bind_null(s, i);
}

enum err stmt_step(struct stmt *s, bool *ret_row, struct fault *f)
{
	struct fault why = {0};
	assert(s->busy);
	return heard(s->db, s->db->driver->step(s, ret_row, &why), &why, f);
}

bool stmt_is_null(struct stmt *s, int col)
{
	return s->db->driver->type(s, col) == 'n';
}

int64_t stmt_i64(struct stmt *s, int col)
{
	return s->db->driver->i64(s, col);
}

const char *stmt_text(struct stmt *s, int col, struct arena *a)
{
	size_t n;
	const char *text = s->db->driver->text(s, col, &n);
	return text ? arena_strndup(a, text, n) : NULL;
}

void stmt_reset(struct stmt *s)
{
	s->db->driver->reset(s);
	s->busy = false;
}

int64_t db_changes(struct db *db)
{
	return db->driver->changes(db);
}

/* ---- for the generated functions ---- */

enum err glue_expect(struct stmt *s, int col, char letter, bool nullable, struct fault *f)
{
	char type = s->db->driver->type(s, col);
	if (type == letter || (type == 'n' && nullable))
		return OK;
	return FAULT(f, E_INTERNAL, "", MSG_INTERNAL, s->def->name);
}

enum err glue_last(struct stmt *s, struct fault *f)
{
	bool more;
	TRY(stmt_step(s, &more, f));
	return more ? FAULT(f, E_INTERNAL, "", MSG_INTERNAL, s->def->name) : OK;
}

/* ---- for verify ---- */

const char *const *db_tables(size_t *ret_n)
{
	*ret_n = (size_t)db_table_list_n;
	return db_table_names;
}

static const char *const not_journalled[] = { "setting", "credential", "session", "token", "attempt", "once" };

bool db_is_journalled(const char *table)
{
	for (size_t i = 0; i < sizeof not_journalled / sizeof *not_journalled; i++)
		if (strcmp(table, not_journalled[i]) == 0)
			return false;
	return true;
}

static const struct db_table *find_table(const char *name)
{
	for (int i = 0; i < db_table_list_n; i++) {
		if (strcmp(db_table_list[i].name, name) == 0)
			return &db_table_list[i];
	}
	return NULL;
}

/* Each value with its type, texts with their length, so that no two different rows give the same bytes. */
static void hash_value(struct hash *h, struct stmt *s, int col)
{
	size_t n = 0;
	char type = s->db->driver->type(s, col);
	hash_bytes(h, &type, 1);
	if (type == 'i') {
		hash_int(h, s->db->driver->i64(s, col));
	} else if (type != 'n') {
		const char *text = s->db->driver->text(s, col, &n);
		hash_int(h, (int64_t)n);
		hash_bytes(h, text, n);
	}
}

void db_hash_row(struct hash *h, struct stmt *row, const struct db_table *t)
{
	for (int i = 0; t->columns[i]; i++)
		hash_value(h, row, i);
}

enum err db_table_hash(struct db *db, const char *table, char ret_hex[65], int64_t *ret_rows, struct fault *f)
{
	scoped(stmt_done) struct stmt *s = NULL;
	const struct db_table *t = find_table(table);
	struct hash h;
	int64_t rows = 0;
	bool more;
	assert(t);
	TRY(db_stmt(db, t->rows_stmt, &s, f));
	TRY(stmt_step(s, &more, f));
	for (hash_init(&h); more; rows++) {
		db_hash_row(&h, s, t);
		TRY(stmt_step(s, &more, f));
	}
	hash_hex(&h, ret_hex);
	*ret_rows = rows;
	return OK;
}

/* What names an entry is no foreign key (see the schema). */
static enum err check_entries(struct db *db, const struct db_table *t, struct fault *f)
{
	scoped(stmt_done) struct stmt *s = NULL;
	bool orphan;
	TRY(db_stmt(db, t->orphans_stmt, &s, f));
	TRY(stmt_step(s, &orphan, f));
	return orphan ? FAULT(f, E_STORAGE, "data", MSG_STORE_REFERENCE, t->name, "journal") : OK;
}

enum err db_check_references(struct db *db, struct fault *f)
{
	TRY(db->driver->check_references(db, f));
	for (int i = 0; i < db_table_list_n; i++)
		TRY(check_entries(db, &db_table_list[i], f));
	return OK;
}

enum err db_integrity(struct db *db, struct fault *f)
{
	TRY(db->driver->check_file(db, f));
	return db_check_references(db, f);
}
