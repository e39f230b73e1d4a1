#include "store/transfer.h"

#include "store/driver.h"
#include "store/glue.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { TOLD_EVERY = 10000 };

/* ---- one row, one table ---- */

static enum err bind_value(struct stmt *to, struct stmt *from, int col, const struct db_table *table, struct fault *f)
{
	size_t n;
	char type = from->db->driver->type(from, col);
	if (type == 'n')
		stmt_bind_null(to, col + 1);
	else if (type != table->columns[col])
		return FAULT(f, E_STORAGE, "data", MSG_STORE_COPY_TYPE, table->name);
	else if (type == 'i')
		stmt_bind_i64(to, col + 1, stmt_i64(from, col));
	else
		stmt_bind_text(to, col + 1, from->db->driver->text(from, col, &n));
	return OK;
}

static enum err insert_row(struct db *to, struct stmt *row, const struct db_table *table, struct fault *f)
{
	scoped(stmt_done) struct stmt *s = NULL;
	bool more;
	TRY(db_stmt(to, table->fill_stmt, &s, f));
	for (int i = 0; table->columns[i]; i++)
		TRY(bind_value(s, row, i, table, f));
	return stmt_step(s, &more, f);
}

static enum err put_row(struct db *to, struct stmt *row, const struct db_table *table, struct fault *f)
{
	return to->driver->fill_row ? to->driver->fill_row(to, row, f) : insert_row(to, row, table, f);
}

static void tell(const struct transfer *t, const char *table, int64_t rows)
{
	if (t->progress)
		t->progress(t->ctx, table, rows);
}

static enum err put_rows(const struct transfer *t, const struct db_table *table, struct transfer_table *ret, struct fault *f)
{
	scoped(stmt_done) struct stmt *s = NULL;
	struct hash h;
	bool more;
	TRY(db_stmt(t->from, table->rows_stmt, &s, f));
	TRY(stmt_step(s, &more, f));
	for (hash_init(&h); more; ret->rows++) {
		db_hash_row(&h, s, table);
		TRY(put_row(t->to, s, table, f));
		if (ret->rows % TOLD_EVERY == TOLD_EVERY - 1)
			tell(t, table->name, ret->rows + 1);
		TRY(stmt_step(s, &more, f));
	}
	hash_hex(&h, ret->hash);
	return OK;
}

static enum err copy_table(const struct transfer *t, const struct db_table *table, struct transfer_table *ret, struct fault *f)
{
	const struct db_driver *d = t->to->driver;
	ret->name = table->name;
	if (d->fill_begin)
		TRY(d->fill_begin(t->to, table, f));
	enum err e = put_rows(t, table, ret, f);
	if (d->fill_end) {
		enum err end = d->fill_end(t->to, e == OK, e == OK ? f : NULL);
		e = e == OK ? end : e;
	}
	if (e == OK)
		tell(t, table->name, ret->rows);
	return e;
}

/* ---- the proof ---- */

static enum err compare_table(struct db *to, const struct transfer_table *from, struct fault *f)
{
	char hash[HASH_HEX], field[FAULT_FIELD_SIZE], n_from[24], n_to[24];
	int64_t rows;
	TRY(db_table_hash(to, from->name, hash, &rows, f));
	if (rows == from->rows && strcmp(hash, from->hash) == 0)
		return OK;
	(void)snprintf(field, sizeof field, "table:%s", from->name);
	(void)snprintf(n_from, sizeof n_from, "%" PRId64, from->rows);
	(void)snprintf(n_to, sizeof n_to, "%" PRId64, rows);
	return FAULT(f, E_STORAGE, field, MSG_STORE_COPY_DIFFERS, from->name, n_from, n_to);
}

/* ---- all of it ---- */

struct run {
	const struct transfer *t;
	struct transfer_table *tables;
};

/* The tables are there, and empty. */
static enum err copy_all(void *ctx, struct fault *f)
{
	const struct run *r = ctx;
	struct db *to = r->t->to;
	TRY(to->driver->rows_begin(to, f));
	for (int i = 0; i < db_table_list_n; i++)
		TRY(copy_table(r->t, &db_table_list[i], &r->tables[i], f));
	TRY(to->driver->rows_end(to, f));
	TRY(db_check_references(to, f));
	for (int i = 0; i < db_table_list_n; i++)
		TRY(compare_table(to, &r->tables[i], f));
	return r->t->last ? r->t->last(r->t->ctx, f) : OK;
}

/* A newer one was not opened; an older one is opened to be brought up to date, which is not for us. */
static enum err check_version(struct db *from, struct fault *f)
{
	char has[16], needs[16];
	int version;
	TRY(from->driver->version(from, &version, f));
	(void)snprintf(has, sizeof has, "%d", version);
	(void)snprintf(needs, sizeof needs, "%d", db_migrations_n);
	return version == db_migrations_n ? OK : FAULT(f, E_STORAGE, "data", MSG_STORE_COPY_OLDER, has, needs);
}

enum err transfer_run(const struct transfer *t, struct arena *a, struct transfer_table **ret, struct fault *f)
{
	struct run r = { t, arena_array(a, struct transfer_table, (size_t)db_table_list_n) };
	TRY(check_version(t->from, f));
	TRY(t->from->driver->linger(t->from, f));
	TRY(t->to->driver->bulk(t->to, true, f));
	enum err e = db_make(t->to, copy_all, &r, f);
	(void)!t->to->driver->bulk(t->to, false, NULL); /* what was committed is whole without it */
	if (e == OK)
		*ret = r.tables;
	return e;
}
