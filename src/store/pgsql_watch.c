/* Waiting for what others commit: the journal's trigger (sql/postgres/guards.sql) notifies whoever listens. */
#include "store/pgsql.h"

#include "store/await.h"

#include <string.h>

enum { LOOK_MS = 1000 }; /* where nothing can be heard */

/* A standby takes no listeners: there one has to look. */
static enum err listen(struct pgsql_db *db, bool *ret_hears, struct fault *f)
{
	scoped(pgsql_clear) PGresult *r = PQexec(db->c, "LISTEN nguon_journal");
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	bool hears = PQresultStatus(r) == PGRES_COMMAND_OK;
	if (!hears && !(state && strcmp(state, "25006") == 0))
		return pgsql_fault(db, r, false, f);
	*ret_hears = hears;
	return OK;
}

static bool heard(struct pgsql_db *db)
{
	bool any = false;
	for (PGnotify *n; (n = PQnotifies(db->c)); any = true)
		PQfreemem(n);
	return any;
}

static enum err hear(struct pgsql_db *db, int wake_fd, int milliseconds, bool *ret_news, struct fault *f)
{
	int64_t until = await_now_ms() + milliseconds;
	bool news = heard(db), woken = false;
	for (int64_t left = milliseconds; !news && !woken && left > 0; left = until - await_now_ms()) {
		woken = await_input(PQsocket(db->c), wake_fd, (int)left);
		if (PQconsumeInput(db->c) == 0)
			return pgsql_fault(db, NULL, false, f);
		news = heard(db);
	}
	*ret_news = news;
	return OK;
}

enum err pgsql_watch(struct db *base, int wake_fd, int milliseconds, bool *ret_news, struct fault *f)
{
	struct pgsql_db *db = pgsql_of(base);
	bool hears = false;
	TRY(pgsql_connected(db, f));
	if (db->listens == db->life)
		return hear(db, wake_fd, milliseconds, ret_news, f);
	TRY(listen(db, &hears, f));
	if (hears)
		db->listens = db->life;
	else
		(void)await_input(-1, wake_fd, milliseconds < LOOK_MS ? milliseconds : LOOK_MS);
	*ret_news = true;
	return OK;
}
