/* Filling a new database whole: COPY in the binary format, which needs no escaping, into tables without references and indexes. */
#include "store/pgsql.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

enum { BUFFER = 1 << 16, NO_VALUE = -1, NO_MORE_ROWS = -1 };

struct pgsql_put_off {
	const char *table, *refers_to; /* refers_to NULL: an index */
	const char *again;             /* the statement that makes it */
};

struct pgsql_fill {
	struct pgsql_put_off *put_off;
	size_t put_off_n;
	const struct db_table *table;
	size_t used;
	char buffer[BUFFER];
};

static struct pgsql_fill *fill_of(struct pgsql_db *db)
{
	if (!db->fill)
		db->fill = arena_new(&db->base.arena, struct pgsql_fill);
	return db->fill;
}

/* ---- around the transaction, and around all rows ---- */

/* Without statistics the server would read whole tables where an index is right, until its own housekeeping comes by. */
enum err pgsql_bulk(struct db *base, bool on, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	for (int i = 0; i < db_table_list_n && !on; i++)
		TRY(pgsql_run(pgsql_of(base), arena_printf(&a, "ANALYZE nguon.%s", db_table_list[i].name), f));
	return OK;
}

/* What is checked or kept up for each row, in the order in which it can be taken away; made again from the last to the first. */
static const char to_put_off[] =
	"SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,"
	" format('ALTER TABLE %s DROP CONSTRAINT %I', c.conrelid::regclass, c.conname),"
	" format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)), 1, c.oid"
	" FROM pg_constraint c WHERE c.connamespace = 'nguon'::regnamespace AND c.contype = 'f'"
	" UNION ALL "
	"SELECT i.indrelid::regclass::text, NULL, format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), 2,"
	" i.indexrelid"
	" FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'nguon'::regnamespace"
	" AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
	" ORDER BY 5, 6";
enum { TABLE, REFERS_TO, AWAY, AGAIN };

enum err pgsql_rows_begin(struct db *base, struct fault *f)
{
	scoped(pgsql_clear) PGresult *r = NULL;
	struct pgsql_db *db = pgsql_of(base);
	struct pgsql_fill *fill = fill_of(db);
	TRY(pgsql_ask(db, to_put_off, &r, f));
	fill->put_off_n = (size_t)PQntuples(r);
	fill->put_off = arena_array(&base->arena, struct pgsql_put_off, fill->put_off_n);
	for (int i = 0; i < PQntuples(r); i++) {
		fill->put_off[i] = (struct pgsql_put_off){
			.table = arena_strdup(&base->arena, PQgetvalue(r, i, TABLE)),
			.refers_to = PQgetisnull(r, i, REFERS_TO) ? NULL : arena_strdup(&base->arena, PQgetvalue(r, i, REFERS_TO)),
			.again = arena_strdup(&base->arena, PQgetvalue(r, i, AGAIN)),
		};
		TRY(pgsql_run(db, PQgetvalue(r, i, AWAY), f));
	}
	return pgsql_run(db, "SET LOCAL maintenance_work_mem = '256MB'", f);
}

static enum err make_again(struct pgsql_db *db, const struct pgsql_put_off *p, struct fault *f)
{
	return p->refers_to ? pgsql_add_reference(db, p->again, p->table, p->refers_to, f) : pgsql_run(db, p->again, f);
}

enum err pgsql_rows_end(struct db *base, struct fault *f)
{
	struct pgsql_fill *fill = fill_of(pgsql_of(base));
	for (size_t i = fill->put_off_n; i-- > 0;)
		TRY(make_again(pgsql_of(base), &fill->put_off[i], f));
	return OK;
}

/* ---- one table ---- */

static enum err flush(struct pgsql_db *db, struct fault *f)
{
	struct pgsql_fill *fill = db->fill;
	if (fill->used && PQputCopyData(db->c, fill->buffer, (int)fill->used) != 1)
		return pgsql_fault(db, NULL, false, f);
	fill->used = 0;
	return OK;
}

static enum err put(struct pgsql_db *db, const void *bytes, size_t n, struct fault *f)
{
	struct pgsql_fill *fill = db->fill;
	if (n > BUFFER - fill->used)
		TRY(flush(db, f));
	if (n > BUFFER)
		return PQputCopyData(db->c, bytes, (int)n) == 1 ? OK : pgsql_fault(db, NULL, false, f);
	memcpy(fill->buffer + fill->used, bytes, n);
	fill->used += n;
	return OK;
}

static enum err put16(struct pgsql_db *db, int v, struct fault *f)
{
	uint16_t big = htobe16((uint16_t)v);
	return put(db, &big, sizeof big, f);
}

static enum err put32(struct pgsql_db *db, int32_t v, struct fault *f)
{
	uint32_t big = htobe32((uint32_t)v);
	return put(db, &big, sizeof big, f);
}

/* The rows belong to a table that the same transaction has made, so that they can be stored as if they had been there for ever (FREEZE):
 * nobody has to write them a second time to say so. */
enum err pgsql_fill_begin(struct db *base, const struct db_table *t, struct fault *f)
{
	static const char head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0"; /* the signature; no flags; no extension */
	scoped(arena_done) struct arena a = { 0 };
	struct pgsql_db *db = pgsql_of(base);
	const char *sql = arena_printf(&a, "COPY nguon.%s (%s) FROM STDIN (FORMAT binary, FREEZE)", t->name, t->names);
	scoped(pgsql_clear) PGresult *r = PQexec(db->c, sql);
	if (PQresultStatus(r) != PGRES_COPY_IN)
		return pgsql_fault(db, r, false, f);
	fill_of(db)->table = t;
	db->fill->used = 0;
	return put(db, head, sizeof head - 1, f);
}

static enum err put_value(struct pgsql_db *db, struct stmt *row, int col, struct fault *f)
{
	const struct db_table *t = db->fill->table;
	const struct db_driver *from = row->db->driver;
	char type = from->type(row, col);
	size_t n;
	if (type == 'n')
		return put32(db, NO_VALUE, f);
	if (type != t->columns[col])
		return FAULT(f, E_STORAGE, "data", MSG_STORE_COPY_TYPE, t->name);
	if (type == 'i') {
		uint64_t big = htobe64((uint64_t)from->i64(row, col));
		TRY(put32(db, sizeof big, f));
		return put(db, &big, sizeof big, f);
	}
	const char *text = from->text(row, col, &n);
	assert(n <= INT32_MAX);
	TRY(put32(db, (int32_t)n, f));
	return put(db, text, n, f);
}

enum err pgsql_fill_row(struct db *base, struct stmt *row, struct fault *f)
{
	struct pgsql_db *db = pgsql_of(base);
	int n = (int)strlen(db->fill->table->columns);
	TRY(put16(db, n, f));
	for (int i = 0; i < n; i++)
		TRY(put_value(db, row, i, f));
	return OK;
}

enum err pgsql_fill_end(struct db *base, bool whole, struct fault *f)
{
	struct pgsql_db *db = pgsql_of(base);
	if (whole)
		TRY(put16(db, NO_MORE_ROWS, f));
	if (whole)
		TRY(flush(db, f));
	if (PQputCopyEnd(db->c, whole ? NULL : "given up") != 1)
		return pgsql_fault(db, NULL, false, f);
	enum err e = OK;
	for (PGresult *r; (r = PQgetResult(db->c)); PQclear(r))
		if (e == OK && PQresultStatus(r) != PGRES_COMMAND_OK)
			e = pgsql_fault(db, r, false, whole ? f : NULL);
	return whole ? e : OK;
}

/* Reading may pause while another database works on what was read. */
enum err pgsql_linger(struct db *base, struct fault *f)
{
	return pgsql_run(pgsql_of(base), "SET LOCAL idle_in_transaction_session_timeout = 0", f);
}
