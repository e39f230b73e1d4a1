/* The use cases: an open installation, its operations, and everything that the command line (and later the server) asks of it. */
#pragma once

#include "domain/standing.h"
#include "stats/cube.h"
#include "store/journal.h"

struct actor;
struct live;

struct app {
	struct db *db;
	struct arena arena;        /* lifetime of the installation: rules, shipped calendar */
	struct arena tree_arena, calendar_arena;
	struct rules rule_files;   /* as the files say, */
	struct rules rules;        /* with the site's own values */
	const char *rule_values;   /* a fingerprint of those values; "": there are none */
	const char *rules_hash;    /* of the files that they were read from, shipped ones and the place's own */
	struct calendar shipped;
	struct calendar calendar;  /* shipped days plus the user's own */
	struct tree tree;
	struct cube *cube;         /* NULL until first asked for */
	const char *dir;           /* data directory; NULL in memory */
	const char *where;         /* its database, for db_open: may hold a password, see location_show */
	const char *actor;         /* who acts, for the journal: "cli:USER", "user:LOGIN" */
	const struct actor *who;   /* what they may (app/access.h); NULL: everything, as the person at the machine itself */
	struct day today;          /* of the civil calendar at UTC+7, or as --today says */
	bool follow_clock;         /* a process that runs for days: app_begin brings `today` up to the clock */
	int64_t (*now_us)(void *ctx); /* the clock of journal entries */
	void *clock_ctx;
	enum lang lang;
	struct live *live;         /* of the process, where it has one; outlives the app */
	/* inside app_begin .. app_commit */
	bool in_transaction;
	struct journal_head head;  /* up to which entry tree, calendar and next_id are known */
	struct entry_id began;     /* where the chain stood at app_begin */
	int64_t next_id[7];        /* next unit, person, class, target, account, grant, reorganisation */
	bool stale;                /* tree, calendar or next_id know of something that was undone */
	void *plan;                /* what an operation's check found out for its apply; NULL on replay */
};

enum app_mode { APP_READ, APP_WRITE };

/* Makes a new installation in an empty or missing directory, or in the empty database that the directory or the environment names
 * (app/location.h): database, schema, name. E_CONFLICT when there is one. */
enum err app_create(const char *dir, const char *name, struct fault *f) MUST_CHECK;

/* The same in an empty database on a server that the folder does not name yet. Through the owner's connection the tables are made
 * and the role of the running one gets its rights; that one is tried, and its address is kept in DIR/database. What fails leaves nothing
 * behind. Without `run`: as app_create, but through this owner. */
struct app_database {
	const char *run;   /* address for the daily work; NULL: as the folder or the environment says */
	const char *owner; /* address of the role that makes and changes the tables; NULL: the same one */
};
enum err app_create_at(const char *dir, const char *name, const struct app_database *at, struct fault *f) MUST_CHECK;

/* Brings the schema up to this program's version; on a server through the owner (NULL: the running role itself), and gives the running role
 * its rights again. *ret_from: the version it had. Nothing to do: OK. */
enum err app_migrate(const char *dir, const char *owner, int *ret_from, struct fault *f) MUST_CHECK;

/* Opens it, wherever its database is (app/location.h): rules (shipped ones plus DIR/rules/ *.yaml), calendar, tree. `dir` NULL: a new
 * private one in memory. A file of an older version is brought up to date when opened for writing; on a server that is app_migrate's. */
enum err app_open(const char *dir, enum app_mode mode, struct app *ret, struct fault *f) MUST_CHECK;

/* The same with a database that the folder does not name (yet): `where` as db_open takes it. */
enum err app_open_at(const char *dir, const char *where, enum app_mode mode, struct app *ret, struct fault *f) MUST_CHECK;
void app_close(struct app *app);

static inline struct world app_world(const struct app *app)
{
	return (struct world){ &app->rules, &app->calendar, &app->tree };
}

/* Another connection of one's own to the same installation, for another thread or for reading beside the writer; app_close. It is the
 * same database, whatever folder and environment say by now. */
enum err app_open_again(const struct app *app, enum app_mode mode, struct app *ret, struct fault *f) MUST_CHECK;

/* Its name, as given to app_create. */
enum err app_name(struct app *app, struct arena *a, const char **ret, struct fault *f) MUST_CHECK;

/* What concerns this installation alone, outside the journal: "" when it was never put. */
enum err app_setting(struct app *app, const char *key, struct arena *a, const char **ret, struct fault *f) MUST_CHECK;
enum err app_setting_put(struct app *app, const char *key, const char *value, struct fault *f) MUST_CHECK;

/* In a writing transaction: notes the rules of this process as those in force. *ret_other: they differ from those of the process that was
 * started before, on this node or another one; all nodes must judge alike. */
enum err app_note_rules(struct app *app, bool *ret_other, struct fault *f) MUST_CHECK;

/* Several operations in one durable transaction. A rollback also takes back what they did to the tree. */
enum err app_begin(struct app *app, struct fault *f) MUST_CHECK;
void app_rollback(struct app *app);

/* When the server goes away while it commits, waits until it is back and looks the last entry up: so it is OK, or everything is undone and
 * E_GONE. E_UNSURE only where the server does not come back in time, or where the transaction has left no entry to look for. */
enum err app_commit(struct app *app, struct fault *f) MUST_CHECK;

/* Nothing was stored, through no fault of the one who asked: the same from the beginning may well succeed. */
bool app_repeatable(const struct fault *f);

/* Tree, calendar and next ids as the store has them. */
enum err app_reload(struct app *app, struct fault *f) MUST_CHECK;

/* The cube, loaded at first call and brought up to the journal's end at each. */
enum err app_cube(struct app *app, struct cube **ret, struct fault *f) MUST_CHECK;

/* Active facts of a person; E_NOTFOUND. */
enum err app_facts(struct app *app, struct person_id id, struct arena *a, struct facts *ret_all, struct facts *ret_active,
	struct fault *f) MUST_CHECK;
enum err app_unit(struct app *app, const char *code, const char *field, struct unit **ret, struct fault *f) MUST_CHECK; /* E_NOTFOUND */
