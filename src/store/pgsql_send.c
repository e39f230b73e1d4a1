/* Statements on their way. A `:later` statement, or the BEGIN of who only reads, is sent and nobody waits; its answer is looked at
 * together with that of the next one that somebody waits for, so that both cost one journey to the server. libpq calls that a pipeline: it
 * is entered with the first statement and left when all answers are there, and nothing else can be asked meanwhile. When one statement is
 * refused, the server skips the rest. */
#include "store/pgsql.h"

static enum err enter(struct pgsql_db *db, struct fault *f)
{
	return db->sent++ > 0 || PQenterPipelineMode(db->c) ? OK : pgsql_fault(db, NULL, false, f);
}

enum err pgsql_send(struct pgsql_db *db, const char *name, const struct pgsql_params *p, struct fault *f)
{
	TRY(enter(db, f));
	bool sent = PQsendQueryPrepared(db->c, name, p->n, p->value, p->length, p->format, 1);
	return sent ? OK : pgsql_fault(db, NULL, false, f);
}

enum err pgsql_send_text(struct pgsql_db *db, const char *sql, struct fault *f)
{
	TRY(enter(db, f));
	return PQsendQueryParams(db->c, sql, 0, NULL, NULL, NULL, NULL, 1) ? OK : pgsql_fault(db, NULL, false, f);
}

/* The result of the statement at hand, and on to the next one. */
static PGresult *next_result(PGconn *c)
{
	PGresult *r = PQgetResult(c);
	for (PGresult *more; r && (more = PQgetResult(c));)
		PQclear(more);
	return r;
}

static bool is_good(const PGresult *r)
{
	return PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
}

/* What went wrong is asked only at the end: then it is known whether the connection is still there. */
enum err pgsql_receive(struct pgsql_db *db, bool committing, PGresult **ret, struct fault *f)
{
	PGresult *r = NULL;
	bool good = PQpipelineSync(db->c);
	for (; db->sent > 0; db->sent--) {
		PGresult *next = next_result(db->c);
		PQclear(good ? r : next); /* what follows a refusal is skipped */
		if (good)
			good = is_good(r = next);
	}
	PGresult *mark = PQgetResult(db->c); /* at which the server goes on after a refusal, or commits what stands alone */
	bool at_mark = PQresultStatus(mark) == PGRES_PIPELINE_SYNC;
	PQclear(good && !at_mark ? r : mark);
	*ret = good && !at_mark ? mark : r;
	(void)PQexitPipelineMode(db->c);
	db->fresh = false;
	good = good && at_mark;
	return good ? OK : pgsql_fault(db, *ret, committing, f);
}

enum err pgsql_settle(struct pgsql_db *db, struct fault *f)
{
	scoped(pgsql_clear) PGresult *r = NULL;
	return db->sent > 0 ? pgsql_receive(db, false, &r, f) : OK;
}
