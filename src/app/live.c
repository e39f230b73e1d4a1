#include "app/live.h"

#include "app/feed.h"
#include "app/roll.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>

struct live {
	struct arena arena;    /* holds *live itself */
	struct arena scratch;  /* of one standing */
	struct app app;        /* a connection of its own: newer than what any reader sees, and owner of the rules that the roll points into */
	pthread_rwlock_t lock; /* over all below, and over the app */
	struct cube *cube;
	struct roll *roll;
	struct day today;      /* of the roll */
	bool all_again;        /* everybody's standing has to be worked out anew */
	atomic_int_fast64_t position; /* under no lock: the entry up to which all is done */
};

/* ---- feeding ---- */

static struct roll_card card_of(const struct cards_all_row *r)
{
	return (struct roll_card){ r->id, r->name, r->name_fold, r->name_key, r->birth_on, r->sex };
}

static enum err put_card(void *ctx, const struct cards_all_row *row, struct fault *f)
{
	(void)f;
	struct live *l = ctx;
	const struct roll_card card = card_of(row);
	roll_set_card(l->roll, &card);
	return OK;
}

static enum err put_standing(void *ctx, struct person_id id, const struct facts *active, struct fault *f)
{
	(void)f;
	struct live *l = ctx;
	struct standing s;
	struct helpers helpers;
	const struct world w = app_world(&l->app);
	arena_reset(&l->scratch);
	standing(&w, active, l->today, &l->scratch, &s);
	roll_set_standing(l->roll, id, facts_unit(active, l->today), &s);
	helper_list(active, l->today, &l->scratch, &helpers);
	const struct helper_state help = helper_state_of(active, l->today);
	roll_set_helpers(l->roll, id, &helpers, &help);
	return OK;
}

static enum err put_person(void *ctx, struct person_id id, const struct facts *active, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct live *l = ctx;
	struct card_get_row row;
	bool found;
	TRY(q_card_get(l->app.db, id, &a, &found, &row, f));
	assert(found);
	const struct roll_card card = { row.id, row.name, row.name_fold, row.name_key, row.birth_on, row.sex };
	roll_set_card(l->roll, &card);
	return put_standing(l, id, active, f);
}

/* ---- bringing up to date ---- */

static enum err load(struct live *l, struct fault *f)
{
	const struct feed feed = { .app = &l->app, .cube = l->cube, .person = put_standing, .ctx = l };
	TRY(q_cards_all(l->app.db, put_card, l, f));
	return feed_all(&feed, f);
}

static enum err everybody_again(struct live *l, struct fault *f)
{
	const struct feed people = { .app = &l->app, .person = put_standing, .ctx = l };
	TRY(feed_people(&people, f));
	l->all_again = false;
	return OK;
}

static enum err catch_up(struct live *l, struct day today, struct fault *f)
{
	const struct feed feed = { .app = &l->app, .cube = l->cube, .person = put_person, .ctx = l };
	bool world = false;
	l->all_again |= !day_equal(l->today, today);
	l->today = l->app.today = today;
	TRY(feed_changes(&feed, &world, f));
	l->all_again |= world;
	return l->all_again ? everybody_again(l, f) : OK;
}

/* What fails half way is done again at the next call: the position, or all_again, still says so. */
static enum err in_transaction(struct live *l, struct day today, bool first, struct fault *f)
{
	TRY(app_begin(&l->app, f));
	enum err e = first ? load(l, f) : catch_up(l, today, f);
	app_rollback(&l->app);
	if (e == OK)
		l->position = cube_position(l->cube).v;
	return e;
}

/* Whoever began before midnight may find the next day here; going back would take as long as going on did. */
static bool is_of_day(const struct live *l, struct day today)
{
	return day_equal(l->today, today) || (l->app.follow_clock && day_before(today, l->today));
}

static bool is_current(const struct live *l, const struct app *reader)
{
	return cube_position(l->cube).v >= reader->head.last.v && is_of_day(l, reader->today) && !l->all_again;
}

/* ---- for everybody ---- */

static void free_live(struct live *l)
{
	struct arena arena = l->arena; /* holds *l itself */
	cube_free(&l->cube);
	roll_free(&l->roll);
	arena_done(&l->scratch);
	app_close(&l->app);
	arena_done(&arena);
}

/* Readers come all the time: without the writers' turn the view would never be brought up to date. */
static bool make_lock(pthread_rwlock_t *lock)
{
	pthread_rwlockattr_t attr;
	if (pthread_rwlockattr_init(&attr) != 0)
		return false;
	bool made = pthread_rwlockattr_setkind_np(&attr, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP) == 0 &&
		pthread_rwlock_init(lock, &attr) == 0;
	(void)pthread_rwlockattr_destroy(&attr);
	return made;
}

enum err live_start(const struct app *app, struct live **ret, struct fault *f)
{
	struct arena arena = { 0 };
	struct live *l = arena_new(&arena, struct live);
	l->arena = arena;
	enum err e = app_open_again(app, APP_READ, &l->app, f);
	if (e != OK) {
		arena_done(&arena);
		return e;
	}
	l->cube = cube_new();
	l->roll = roll_new();
	l->today = app->today;
	e = in_transaction(l, l->today, true, f);
	if (e == OK && !make_lock(&l->lock))
		e = FAULT(f, E_INTERNAL, NULL, MSG_INTERNAL, "pthread_rwlock_init");
	if (e != OK) {
		free_live(l);
		return e;
	}
	*ret = l;
	return OK;
}

void live_stop(struct live **l)
{
	if (!*l)
		return;
	(void)pthread_rwlock_destroy(&(*l)->lock);
	free_live(*l);
	*l = NULL;
}

static enum err bring_up(struct live *l, const struct app *reader, struct fault *f)
{
	(void)pthread_rwlock_wrlock(&l->lock);
	enum err e = is_current(l, reader) ? OK : in_transaction(l, reader->today, false, f);
	(void)pthread_rwlock_unlock(&l->lock);
	return e;
}

enum err live_hold(struct live *l, struct app *app, struct live_view *ret, struct fault *f)
{
	assert(app->in_transaction);
	(void)pthread_rwlock_rdlock(&l->lock);
	while (!is_current(l, app)) {
		(void)pthread_rwlock_unlock(&l->lock);
		TRY(bring_up(l, app, f));
		(void)pthread_rwlock_rdlock(&l->lock);
	}
	struct live_view v = { .cube = l->cube, .today = l->today, .position = cube_position(l->cube), .roll = l->roll };
	v.pack = rules_at(&l->app.rules, l->today);
	v.people = roll_people(l->roll, &v.marks, &v.people_n);
	*ret = v;
	return OK;
}

void live_release(struct live *l)
{
	(void)pthread_rwlock_unlock(&l->lock);
}

struct entry_id live_position(struct live *l)
{
	return (struct entry_id){ l->position };
}

const struct roll_person *live_person(const struct live_view *v, struct person_id id)
{
	return roll_person(v->roll, id);
}
