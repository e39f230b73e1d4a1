#include "store/pgsql.h"

#include "store/dialect.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ROWS_AT_A_TIME = 2000, /* of a stream */
	OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, /* fixed for ever in pg_type.dat */
};

struct pgsql_stmt {
	struct stmt base;
	char name[16];
	unsigned life; /* of the connection that has it prepared */
	struct pgsql_params params;
	uint64_t number[PGSQL_PARAMS_MAX];
	/* while it runs */
	PGresult *rows;
	int row, rows_n;
	bool running, cursor, own_transaction;
};

static struct pgsql_stmt *of_stmt(struct stmt *s)
{
	return (struct pgsql_stmt *)s;
}

static bool accepts(const char *where)
{
	return strncmp(where, "postgresql://", 13) == 0 || strncmp(where, "postgres://", 11) == 0;
}

/* ---- transactions ---- */

/* A fixed number that only this program takes: whoever holds it writes. Advisory locks are of one database. */
#define TAKE_TURN "SELECT pg_advisory_xact_lock(5648827711)"

static const char *control_text(enum control what, enum db_mode mode)
{
	static const char *const texts[CONTROL__COUNT] = {
		[CONTROL_BEGIN] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " TAKE_TURN,
		[CONTROL_LOOK] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		[CONTROL_COMMIT] = "COMMIT",
		[CONTROL_ROLLBACK] = "ROLLBACK",
		[CONTROL_SAVEPOINT] = "SAVEPOINT operation",
		[CONTROL_RELEASE] = "RELEASE SAVEPOINT operation",
		[CONTROL_UNDO] = "ROLLBACK TO SAVEPOINT operation",
	};
	return texts[what == CONTROL_BEGIN && mode == DB_READ ? CONTROL_LOOK : what];
}

/* A refused statement spoils the whole transaction, except for what a savepoint can undo. */
static bool in_transaction(struct db *base)
{
	struct pgsql_db *db = pgsql_of(base);
	PGTransactionStatusType status = PQtransactionStatus(db->c);
	return status == PQTRANS_INTRANS || status == PQTRANS_ACTIVE || (status == PQTRANS_INERROR && db->savepoints > 0);
}

static enum err exchange(struct pgsql_db *db, const char *sql, bool committing, struct fault *f)
{
	scoped(pgsql_clear) PGresult *r = PQexec(db->c, sql);
	ExecStatusType status = PQresultStatus(r);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return pgsql_fault(db, r, committing, f);
	if (committing && strcmp(PQcmdStatus(r), "COMMIT") != 0) /* it says ROLLBACK, and no error, of a transaction that was spoilt */
		return FAULT(f, E_INTERNAL, "", MSG_STORE_ENGINE, PQcmdStatus(r));
	return OK;
}

/* The first to notice that the server has gone meanwhile is whoever begins: that is no reason to trouble the user, once. */
static enum err begin(struct pgsql_db *db, enum control how, struct fault *f)
{
	const char *sql = control_text(how, db->base.mode);
	TRY(pgsql_connected(db, f));
	assert(PQtransactionStatus(db->c) == PQTRANS_IDLE); /* a stream outside of a transaction must have ended */
	db->savepoints = 0;
	db->fresh = how == CONTROL_LOOK || db->base.mode == DB_READ;
	if (db->fresh) /* nobody waits for anybody: BEGIN travels with the first statement */
		return pgsql_send_text(db, sql, f);
	enum err e = exchange(db, sql, false, f);
	if (e == OK)
		return OK;
	if (PQstatus(db->c) == CONNECTION_BAD) {
		TRY(pgsql_connected(db, f));
		e = exchange(db, sql, false, f);
	}
	if (e != OK && PQtransactionStatus(db->c) != PQTRANS_IDLE)
		(void)!exchange(db, "ROLLBACK", false, NULL);
	return e;
}

static enum err rollback(struct pgsql_db *db, struct fault *f)
{
	db->savepoints = 0;
	(void)!pgsql_settle(db, NULL);
	if (PQstatus(db->c) != CONNECTION_OK || PQtransactionStatus(db->c) == PQTRANS_IDLE)
		return OK;
	return exchange(db, "ROLLBACK", false, f);
}

static enum err control(struct db *base, enum control what, struct fault *f)
{
	struct pgsql_db *db = pgsql_of(base);
	if (what == CONTROL_BEGIN || what == CONTROL_LOOK)
		return begin(db, what, f);
	if (what == CONTROL_ROLLBACK)
		return rollback(db, f);
	enum err e = pgsql_settle(db, f);
	if (e != OK && what != CONTROL_UNDO)
		return e;
	TRY(exchange(db, control_text(what, base->mode), what == CONTROL_COMMIT, f));
	db->savepoints += (what == CONTROL_SAVEPOINT) - (what == CONTROL_RELEASE);
	return OK;
}

/* ---- statements ---- */

static enum err make(struct pgsql_db *db, struct pgsql_stmt *s, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	Oid types[PGSQL_PARAMS_MAX];
	for (int i = 0; i < s->params.n; i++)
		types[i] = s->base.def->params[i] == 'i' ? OID_INT8 : OID_TEXT;
	const char *sql = s->base.def->sql;
	if (s->base.def->stream)
		sql = arena_printf(&a, "DECLARE %s NO SCROLL CURSOR FOR %s", s->name, sql);
	TRY(pgsql_settle(db, f));
	scoped(pgsql_clear) PGresult *r = PQprepare(db->c, s->name, sql, s->params.n, types);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return pgsql_fault(db, r, false, f);
	s->life = db->life;
	return OK;
}

/* Neither beside a stream nor in a transaction, or the first of one that reads: what is lost then can be begun again on another
 * connection. */
static bool is_alone(const struct pgsql_db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(db->c);
	return db->fresh || (!db->base.in_transaction && (status == PQTRANS_IDLE || status == PQTRANS_UNKNOWN));
}

static enum err connect_again(struct pgsql_db *db, bool fresh, struct fault *f)
{
	TRY(pgsql_connected(db, f));
	return fresh ? exchange(db, control_text(CONTROL_LOOK, DB_READ), false, f) : OK;
}

static enum err prepare(struct db *base, const struct db_statement *def, struct stmt **ret, struct fault *f)
{
	struct pgsql_db *db = pgsql_of(base);
	struct pgsql_stmt s = { .base = { .db = base, .def = def }, .params.n = (int)strlen(def->params) };
	assert(s.params.n <= PGSQL_PARAMS_MAX);
	(void)snprintf(s.name, sizeof s.name, "s%u", ++db->statements);
	bool alone = is_alone(db), fresh = db->fresh;
	if (!base->in_transaction)
		TRY(pgsql_connected(db, f));
	enum err e = make(db, &s, f);
	if (e == E_GONE && alone) {
		TRY(connect_again(db, fresh, f));
		e = make(db, &s, f);
	}
	if (e != OK)
		return e;
	struct pgsql_stmt *kept = arena_new(&base->arena, struct pgsql_stmt);
	*kept = s;
	*ret = &kept->base;
	return OK;
}

static void bind_i64(struct stmt *base, int i, int64_t v)
{
	struct pgsql_stmt *s = of_stmt(base);
	s->number[i - 1] = htobe64((uint64_t)v);
	s->params.value[i - 1] = (const char *)&s->number[i - 1];
	s->params.length[i - 1] = sizeof s->number[0];
	s->params.format[i - 1] = 1;
}

static void bind_text(struct stmt *base, int i, const char *v)
{
	struct pgsql_stmt *s = of_stmt(base);
	s->params.value[i - 1] = v;
	s->params.format[i - 1] = 0;
}

static void bind_null(struct stmt *base, int i)
{
	of_stmt(base)->params.value[i - 1] = NULL;
}

/* Takes the result over. */
static void take(struct pgsql_stmt *s, PGresult *r)
{
	PQclear(s->rows);
	s->rows = r;
	s->row = 0;
	s->rows_n = PQntuples(r);
}

static enum err fetch(struct pgsql_db *db, struct pgsql_stmt *s, struct fault *f)
{
	char sql[48];
	(void)snprintf(sql, sizeof sql, "FETCH %d FROM %s", ROWS_AT_A_TIME, s->name);
	TRY(pgsql_settle(db, f));
	take(s, PQexecParams(db->c, sql, 0, NULL, NULL, NULL, NULL, 1));
	return PQresultStatus(s->rows) == PGRES_TUPLES_OK ? OK : pgsql_fault(db, s->rows, false, f);
}

/* A cursor lives in a transaction; who streams outside of one gets one of its own. */
static enum err ready(struct pgsql_db *db, struct pgsql_stmt *s, struct fault *f)
{
	if (!db->base.in_transaction)
		TRY(pgsql_connected(db, f));
	if (s->base.def->stream && PQtransactionStatus(db->c) == PQTRANS_IDLE) {
		TRY(exchange(db, control_text(CONTROL_LOOK, DB_READ), false, f));
		s->own_transaction = true;
	}
	return s->life == db->life ? OK : make(db, s, f);
}

static bool only_reads(const struct pgsql_stmt *s)
{
	return strncmp(s->base.def->sql, "SELECT ", 7) == 0;
}

static enum err run(struct pgsql_db *db, struct pgsql_stmt *s, struct fault *f)
{
	TRY(ready(db, s, f));
	bool committing = PQtransactionStatus(db->c) == PQTRANS_IDLE && !only_reads(s);
	TRY(pgsql_send(db, s->name, &s->params, f));
	if (s->base.def->later && db->base.in_transaction)
		return OK;
	PGresult *r = NULL;
	enum err e = pgsql_receive(db, committing, &r, f);
	take(s, r);
	TRY(e);
	s->running = true;
	db->changes = strtoll(PQcmdTuples(r), NULL, 10);
	s->cursor = s->base.def->stream;
	return s->cursor ? fetch(db, s, f) : OK;
}

static enum err start(struct pgsql_db *db, struct pgsql_stmt *s, struct fault *f)
{
	bool alone = is_alone(db), fresh = db->fresh;
	enum err e = run(db, s, f);
	if (e != E_GONE || !alone || !only_reads(s) || db->failed_ms)
		return e;
	s->own_transaction = s->cursor = false;
	TRY(connect_again(db, fresh, f));
	return run(db, s, f);
}

static enum err step(struct stmt *base, bool *ret_row, struct fault *f)
{
	struct pgsql_db *db = pgsql_of(base->db);
	struct pgsql_stmt *s = of_stmt(base);
	if (!s->running)
		TRY(start(db, s, f));
	else if (s->row < s->rows_n && ++s->row == s->rows_n && s->cursor && s->rows_n == ROWS_AT_A_TIME)
		TRY(fetch(db, s, f));
	*ret_row = s->row < s->rows_n;
	return OK;
}

static void close_cursor(struct pgsql_db *db, struct pgsql_stmt *s)
{
	char sql[32];
	struct fault why;
	(void)snprintf(sql, sizeof sql, "CLOSE %s", s->name);
	if (pgsql_settle(db, &why) != OK)
		db_abandon(&db->base, &why);
	if (PQtransactionStatus(db->c) == PQTRANS_INTRANS)
		(void)!exchange(db, s->own_transaction ? "COMMIT" : sql, false, NULL);
	else if (s->own_transaction)
		(void)!rollback(db, NULL);
}

static void reset(struct stmt *base)
{
	struct pgsql_stmt *s = of_stmt(base);
	if (s->cursor || s->own_transaction)
		close_cursor(pgsql_of(base->db), s);
	pgsql_clear(&s->rows);
	memset(s->params.value, 0, sizeof s->params.value);
	s->running = s->cursor = s->own_transaction = false;
}

static void finish(struct stmt *s)
{
	reset(s); /* the statement itself ends with the connection */
}

static char type(struct stmt *base, int col)
{
	struct pgsql_stmt *s = of_stmt(base);
	Oid oid = PQftype(s->rows, col);
	if (PQgetisnull(s->rows, s->row, col))
		return 'n';
	if (oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2)
		return 'i';
	return oid == OID_TEXT ? 't' : 'b';
}

static int64_t i64(struct stmt *base, int col)
{
	struct pgsql_stmt *s = of_stmt(base);
	const unsigned char *p = (const unsigned char *)PQgetvalue(s->rows, s->row, col);
	int n = PQgetlength(s->rows, s->row, col);
	uint64_t v = n > 0 && p[0] & 0x80 ? UINT64_MAX : 0; /* the sign, where it is shorter than eight bytes; NULL is 0 */
	for (int i = 0; i < n; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

static const char *text(struct stmt *base, int col, size_t *ret_n)
{
	struct pgsql_stmt *s = of_stmt(base);
	*ret_n = (size_t)PQgetlength(s->rows, s->row, col);
	return PQgetisnull(s->rows, s->row, col) ? NULL : PQgetvalue(s->rows, s->row, col);
}

static int64_t changes(struct db *db)
{
	return pgsql_of(db)->changes;
}

/* ---- migration ---- */

/* The server's administrator keeps copies of it; a file beside the database is not ours to make. */
static enum err copy_before(struct db *db, int version, struct fault *f)
{
	(void)db, (void)version, (void)f;
	return OK;
}

static enum err suspend_references(struct db *db, bool suspend, struct fault *f)
{
	(void)db, (void)suspend, (void)f;
	return OK;
}

/* The files are the server's; a damaged page is found when it is read, and everything is read for the hashes. */
static enum err check_file(struct db *db, struct fault *f)
{
	return pgsql_connected(pgsql_of(db), f);
}

const struct db_driver db_pgsql_driver = {
	.accepts = accepts,
	.open = pgsql_open,
	.close = pgsql_close,
	.set_patience = pgsql_set_patience,
	.control = control,
	.in_transaction = in_transaction,
	.prepare = prepare,
	.finish = finish,
	.bind_i64 = bind_i64,
	.bind_text = bind_text,
	.bind_null = bind_null,
	.step = step,
	.reset = reset,
	.type = type,
	.i64 = i64,
	.text = text,
	.changes = changes,
	.version = pgsql_version,
	.set_version = pgsql_set_version,
	.run_migration = pgsql_run_migration,
	.after_migration = pgsql_after_migration,
	.copy_before = copy_before,
	.suspend_references = suspend_references,
	.unmake = pgsql_unmake,
	.watch = pgsql_watch,
	.grant = pgsql_grant,
	.role = pgsql_role,
	.linger = pgsql_linger,
	.bulk = pgsql_bulk,
	.rows_begin = pgsql_rows_begin,
	.rows_end = pgsql_rows_end,
	.fill_begin = pgsql_fill_begin,
	.fill_row = pgsql_fill_row,
	.fill_end = pgsql_fill_end,
	.check_references = pgsql_check_references,
	.check_file = check_file,
};
