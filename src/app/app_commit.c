/* The end of a transaction, also when the database server goes away just then. */
#include "app/app.h"
#include "app/clock.h"

#include <assert.h>
#include <string.h>

enum {
	PAUSE_MS = 200,       /* between two tries */
	AWAY_MS = 10000,      /* nobody answers */
	STARTING_MS = 60000,  /* it says that it is starting: after a crash it reads its log first */
	LOCKED_MS = 75000,    /* the lost connection's other end holds the lock until the server notices */
};

bool app_repeatable(const struct fault *f)
{
	return f->code == E_GONE || (f->code == E_BUSY && f->msg == MSG_PG_AGAIN);
}

static int64_t patience_ms(const struct fault *why)
{
	if (why->code == E_BUSY)
		return LOCKED_MS;
	if (why->code != E_GONE)
		return 0;
	return why->msg == MSG_PG_STARTING ? STARTING_MS : AWAY_MS;
}

static enum err find_last(struct app *app, bool *ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct entry *found;
	size_t n;
	TRY(journal_read(app->db, (struct entry_id){ app->head.last.v - 1 }, 1, &a, &found, &n, f));
	*ret = n == 1 && ID_EQUAL(found->id, app->head.last) && strcmp(found->hash, app->head.hash) == 0;
	return OK;
}

/* A writing transaction begins only when the lost one has ended, one way or the other. */
static enum err is_stored(struct app *app, bool *ret, struct fault *f)
{
	TRY(db_begin(app->db, f));
	enum err e = find_last(app, ret, f);
	db_rollback(app->db);
	return e;
}

static enum err settle(struct app *app, struct fault *f)
{
	const int64_t since = clock_steady_ms();
	struct fault why;
	bool stored;
	if (ID_EQUAL(app->head.last, app->began))
		return E_UNSURE;
	while (is_stored(app, &stored, &why) != OK) {
		if (clock_steady_ms() - since >= patience_ms(&why))
			return E_UNSURE;
		clock_pause_ms(PAUSE_MS);
	}
	return stored ? OK : FAULT(f, E_GONE, "data", MSG_APP_LOST);
}

enum err app_commit(struct app *app, struct fault *f)
{
	struct fault why = { 0 };
	assert(app->in_transaction);
	enum err e = db_commit(app->db, &why);
	if (e == E_UNSURE)
		e = settle(app, &why);
	if (e == E_UNSURE)
		app->stale = true; /* whether the tree knows of something that is not there, app_begin finds out */
	else if (e != OK)
		app_rollback(app);
	app->in_transaction = false;
	if (e != OK && f)
		*f = why;
	return e;
}
