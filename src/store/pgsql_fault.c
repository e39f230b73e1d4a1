#include "store/pgsql.h"

#include <string.h>

/* SQLSTATE by meaning; whole codes stand before the classes (two letters) that they belong to. */
static const struct {
	const char *state;
	enum err err;
	enum msg msg;
} meanings[] = {
	{ "23505", E_CONFLICT, MSG_STORE_THERE },
	{ "40001", E_BUSY, MSG_PG_AGAIN },        /* serialisation failure */
	{ "40P01", E_BUSY, MSG_PG_AGAIN },        /* deadlock */
	{ "55P03", E_BUSY, MSG_PG_LOCKED },       /* lock_timeout */
	{ "53300", E_BUSY, MSG_PG_CROWDED },      /* too many connections */
	{ "53100", E_STORAGE, MSG_PG_FULL },
	{ "25006", E_STORAGE, MSG_PG_STANDBY },   /* read-only transaction */
	{ "42501", E_STORAGE, MSG_PG_RIGHTS },
	{ "28P01", E_STORAGE, MSG_PG_PASSWORD },
	{ "28000", E_STORAGE, MSG_PG_NOT_LET_IN },
	{ "3D000", E_NOTFOUND, MSG_PG_NO_DATABASE },
	{ "42704", E_NOTFOUND, MSG_PG_NO_ROLE },  /* of a GRANT */
	{ "58030", E_STORAGE, MSG_PG_DEVICE },
	{ "XX001", E_STORAGE, MSG_PG_DAMAGED },   /* damaged page */
	{ "XX002", E_STORAGE, MSG_PG_DAMAGED },   /* damaged index */
	{ "57014", E_BUSY, MSG_PG_AGAIN },        /* cancelled: statement_timeout, or by hand */
	{ "57P03", E_GONE, MSG_PG_STARTING },
	{ "57P", E_GONE, MSG_PG_GONE },           /* shut down, crashed, idle for too long */
	{ "25P03", E_GONE, MSG_PG_GONE },         /* idle in a transaction for too long */
	{ "08", E_GONE, MSG_PG_GONE },
	{ "54", E_TOOBIG, MSG_STORE_TOO_LONG },
};

/* "Schlüssel (unit_id, id)=(1, 2) existiert bereits": in whatever language, the column named last in the first brackets. */
static void column_at_fault(const PGresult *r, char ret[FAULT_FIELD_SIZE])
{
	const char *detail = PQresultErrorField(r, PG_DIAG_MESSAGE_DETAIL), *from = detail ? strchr(detail, '(') : NULL;
	const char *to = from ? strstr(from, ")=(") : NULL;
	ret[0] = '\0';
	if (!to)
		return;
	for (const char *p = ++from; p < to; p++)
		if (*p == ' ')
			from = p + 1;
	size_t n = (size_t)(to - from);
	if (n >= FAULT_FIELD_SIZE)
		return;
	memcpy(ret, from, n);
	ret[n] = '\0';
}

static enum err fault_of(struct pgsql_db *db, const char *state, const char *why, const PGresult *r, struct fault *f)
{
	char column[FAULT_FIELD_SIZE];
	if (strcmp(state, "25006") == 0 && db->base.mode == DB_READ)
		return FAULT(f, E_INTERNAL, "", MSG_STORE_OPEN_TO_READ);
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (strncmp(meanings[i].state, state, strlen(meanings[i].state)) != 0)
			continue;
		if (meanings[i].err != E_CONFLICT)
			return FAULT(f, meanings[i].err, "data", meanings[i].msg, db->name, why);
		column_at_fault(r, column);
		return FAULT(f, E_CONFLICT, column, MSG_STORE_THERE, column);
	}
	return FAULT(f, E_INTERNAL, "", MSG_STORE_ENGINE, why);
}

/* The first line; without the server's address, which libpq puts before it: the name in our own sentence has it. */
static const char *reason(const char *message, char *buf, size_t size)
{
	const char *failed = strncmp(message, "connection to server ", 21) == 0 ? strstr(message, " failed: ") : NULL;
	const char *from = failed ? failed + 9 : message;
	if (strncmp(from, "FATAL:  ", 8) == 0)
		from += 8;
	size_t n = strcspn(from, "\n");
	if (n >= size)
		n = size - 1;
	memcpy(buf, from, n);
	buf[n] = '\0';
	return buf;
}

/* libpq tells of a failed write before it has found out, by reading to the end, that the line is dead. */
static bool is_lost(PGconn *c, const char *state)
{
	for (int i = 0; !state && i < 3 && PQstatus(c) == CONNECTION_OK; i++)
		(void)PQconsumeInput(c);
	return PQstatus(c) == CONNECTION_BAD;
}

enum err pgsql_fault(struct pgsql_db *db, const PGresult *r, bool committing, struct fault *f)
{
	char line[FAULT_ARG_SIZE];
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *why = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	bool lost = is_lost(db->c, state);
	if (lost && committing)
		return FAULT(f, E_UNSURE, "data", MSG_PG_UNSURE, db->name);
	if (lost)
		return FAULT(f, E_GONE, "data", MSG_PG_GONE, db->name, reason(why ? why : PQerrorMessage(db->c), line, sizeof line));
	if (!state)
		return FAULT(f, E_INTERNAL, "", MSG_STORE_ENGINE, reason(PQerrorMessage(db->c), line, sizeof line));
	return fault_of(db, state, why ? why : state, r, f);
}

/* The server's refusal comes as text alone, but as "FATAL:  28P01": the connection was told to give codes (pgsql_open.c). */
static const char *state_in(const char *message, char ret[6])
{
	for (const char *p = message; (p = strstr(p, ":  ")); p++) {
		size_t n = strspn(p + 3, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		if (n != 5)
			continue;
		memcpy(ret, p + 3, 5);
		ret[5] = '\0';
		return ret;
	}
	return NULL;
}

/* Not where the line went dead in the middle of it. */
static bool is_about_tls(const char *message)
{
	bool dead = strstr(message, "SSL SYSCALL") || strstr(message, "closed");
	return !dead && (strstr(message, "SSL") || strstr(message, "certificate"));
}

enum err pgsql_refused(struct pgsql_db *db, struct fault *f)
{
	char code[6], line[FAULT_ARG_SIZE];
	const char *message = PQerrorMessage(db->c), *state = state_in(message, code);
	if (state)
		return fault_of(db, state, state, NULL, f);
	(void)reason(message, line, sizeof line);
	if (PQconnectionNeedsPassword(db->c))
		return FAULT(f, E_STORAGE, "data", MSG_PG_PASSWORD, db->name);
	if (is_about_tls(message))
		return FAULT(f, E_STORAGE, "data", MSG_PG_TLS, db->name, line);
	if (strncmp(line, "invalid ", 8) == 0)
		return FAULT(f, E_INVALID, "data", MSG_PG_ADDRESS, db->name, line);
	return *line ? FAULT(f, E_GONE, "data", MSG_PG_GONE, db->name, line) : FAULT(f, E_GONE, "data", MSG_PG_SILENT, db->name);
}

void pgsql_clear(PGresult **r)
{
	PQclear(*r);
	*r = NULL;
}

static bool is_good(ExecStatusType status)
{
	return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY;
}

enum err pgsql_ask(struct pgsql_db *db, const char *sql, PGresult **ret, struct fault *f)
{
	TRY(pgsql_settle(db, f));
	PGresult *r = PQexec(db->c, sql);
	if (is_good(PQresultStatus(r))) {
		*ret = r;
		return OK;
	}
	enum err e = pgsql_fault(db, r, false, f);
	PQclear(r);
	return e;
}

enum err pgsql_run(struct pgsql_db *db, const char *sql, struct fault *f)
{
	PGresult *r;
	TRY(pgsql_ask(db, sql, &r, f));
	PQclear(r);
	return OK;
}
