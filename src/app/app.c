#include "app/app.h"
#include "app/clock.h"
#include "app/location.h"
#include "app/site_rules.h"
#include "base/hash.h"
#include "base/text.h"
#include "domain/rules_shipped.h"
#include "store/queries.gen.h"
#include "store/uri.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RULE_FILE_MAX = 1 << 20, RULE_FILES_MAX = 1000 };

static const char *acting_user(struct arena *a)
{
	struct passwd pw, *found = NULL;
	char buf[1024];
	(void)getpwuid_r(geteuid(), &pw, buf, sizeof buf, &found);
	return found ? arena_printf(a, "cli:%s", found->pw_name) : arena_printf(a, "cli:%u", (unsigned)geteuid());
}

/* ---- rules of the place: DIR/rules ---- */

static enum err read_file(const char *path, struct arena *a, const char **ret, size_t *ret_n, struct fault *f)
{
	char *bytes = arena_alloc(a, RULE_FILE_MAX + 1);
	FILE *file = fopen(path, "rbe");
	if (!file)
		return FAULT(f, E_STORAGE, "rules", MSG_APP_CANNOT_READ, path, strerror(errno));
	size_t n = fread(bytes, 1, RULE_FILE_MAX + 1, file);
	bool bad = ferror(file);
	(void)fclose(file);
	if (bad)
		return FAULT(f, E_STORAGE, "rules", MSG_APP_CANNOT_READ, path, strerror(EIO));
	if (n > RULE_FILE_MAX)
		return FAULT(f, E_TOOBIG, "rules", MSG_APP_RULES_TOO_BIG, path);
	*ret = bytes;
	*ret_n = n;
	return OK;
}

static bool is_rules(const char *name)
{
	size_t n = strlen(name);
	return n > 5 && strcmp(name + n - 5, ".yaml") == 0;
}

static int by_name(const void *x, const void *y)
{
	const char *const *a = x, *const *b = y;
	return strcmp(*a, *b);
}

/* Sorted; none where there is no such folder. */
static const char **rule_files(const char *dir, struct arena *a, size_t *ret_n)
{
	const char **names = NULL;
	size_t n = 0, cap = 0;
	DIR *d = opendir(dir);
	for (struct dirent *e; d && n < RULE_FILES_MAX && (e = readdir(d));)
		if (is_rules(e->d_name))
			*arena_push(a, names, n, cap) = arena_strdup(a, e->d_name);
	if (d)
		(void)closedir(d);
	if (n)
		qsort(names, n, sizeof *names, by_name);
	*ret_n = n;
	return names;
}

static void hash_file(struct hash *h, const char *name, const char *bytes, size_t n)
{
	hash_text(h, name);
	hash_int(h, (int64_t)n);
	hash_bytes(h, bytes, n);
}

static enum err add_file(struct app *app, const char *dir, const char *name, struct hash *h, struct fault *f)
{
	scoped(arena_done) struct arena scratch = { 0 };
	struct pack *pack;
	const char *bytes;
	size_t n;
	TRY(read_file(arena_printf(&scratch, "%s/%s", dir, name), &scratch, &bytes, &n, f));
	TRY(rules_parse(arena_strdup(&app->arena, name), bytes, n, &app->rule_files, &app->arena, &pack, f));
	rules_add(&app->arena, &app->rule_files, pack);
	hash_file(h, name, bytes, n);
	return OK;
}

/* In the order of their names; a place without the folder has no rules of its own. */
static enum err add_own_rules(struct app *app, struct hash *h, struct fault *f)
{
	const char *dir = arena_printf(&app->arena, "%s/rules", app->dir);
	size_t n;
	const char **names = rule_files(dir, &app->arena, &n);
	for (size_t i = 0; i < n; i++)
		TRY(add_file(app, dir, names[i], h, f));
	return n ? rules_check(&app->rule_files, f) : OK;
}

static enum err load_rules(struct app *app, struct fault *f)
{
	char hex[HASH_HEX];
	struct hash h;
	size_t n;
	const struct shipped_file *shipped = rules_shipped(&n);
	hash_init(&h);
	for (size_t i = 0; i < n; i++)
		hash_file(&h, shipped[i].name, shipped[i].bytes, shipped[i].size);
	TRY(rules_shipped_load(&app->arena, &app->rule_files, &app->shipped, f));
	if (app->dir)
		TRY(add_own_rules(app, &h, f));
	hash_hex(&h, hex);
	app->rules_hash = arena_strdup(&app->arena, hex);
	app->rules = app->rule_files;
	app->rule_values = "";
	return OK;
}

/* ---- what is kept in memory ---- */

static enum err load_unit(void *ctx, const struct units_all_row *row, struct fault *f)
{
	(void)f;
	struct app *app = ctx;
	(void)tree_add(&app->tree, row->id, row->code);
	return OK;
}

static enum err load_unit_fact(void *ctx, const struct unit_facts_all_row *row, struct fault *f)
{
	(void)f;
	struct app *app = ctx;
	const struct unit_fact fact = {
		.seq = (int32_t)row->seq, .kind = row->kind, .from = row->from_on, .value = row->value, .ref = row->ref_unit_id,
			.paper_no = row->paper_no,
		.paper_on = row->paper_on, .corrects = row->corrects == INT64_MIN ? 0 : (int32_t)row->corrects, .withdrawn = row->withdrawn,
		.entry = row->entry_id,
	};
	struct unit *u = tree_find(&app->tree, row->unit_id);
	assert(u);
	tree_add_fact(&app->tree, u, &fact);
	return OK;
}

static enum err load_heir(void *ctx, const struct reorg_heirs_all_row *row, struct fault *f)
{
	(void)f;
	struct app *app = ctx;
	tree_add_heir(&app->tree, (struct unit_heir){ row->unit_id, row->heir_id, row->on_day, row->reorg_id });
	return OK;
}

static enum err load_day(void *ctx, const struct calendar_all_row *row, struct fault *f)
{
	(void)f;
	struct app *app = ctx;
	struct arena *a = &app->calendar_arena;
	const struct calendar_day day = {
		.on = row->on_day, .kind = strcmp(row->kind, "off") == 0 ? DAY_OFF : DAY_WORK, .note = arena_strdup(a, row->note),
		.counts_from = row->from_on, .block = arena_strdup(a, row->block), .own = true,
	};
	if (strcmp(row->kind, "checked") == 0)
		calendar_confirm(&app->calendar, row->on_day);
	else
		calendar_set(a, &app->calendar, day);
	return OK;
}

static enum err load_next_ids(struct app *app, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct last_ids_row row;
	bool found;
	TRY(q_last_ids(app->db, &a, &found, &row, f));
	const int64_t last[] = { row.unit, row.person, row.class, row.target, row.account, row.role, row.reorg };
	assert(found);
	for (size_t i = 0; i < sizeof last / sizeof *last; i++)
		app->next_id[i] = last[i] + 1;
	return OK;
}

enum err app_reload(struct app *app, struct fault *f)
{
	arena_reset(&app->tree_arena);
	arena_reset(&app->calendar_arena);
	app->tree = (struct tree){ .arena = &app->tree_arena };
	app->calendar = calendar_copy(&app->shipped, &app->calendar_arena);
	app->stale = true;
	TRY(q_units_all(app->db, load_unit, app, f));
	TRY(q_unit_facts_all(app->db, load_unit_fact, app, f));
	TRY(q_reorg_heirs_all(app->db, load_heir, app, f));
	TRY(q_calendar_all(app->db, load_day, app, f));
	TRY(site_rules_load(app, f));
	TRY(load_next_ids(app, f));
	app->stale = false;
	return OK;
}

/* Most entries are steps of persons, which change neither tree nor calendar. */
static enum err reload_what_changed(struct app *app, struct entry_id known, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct journal_touches_row row;
	bool found;
	TRY(q_journal_touches(app->db, known, &a, &found, &row, f));
	return row.entries > 0 ? app_reload(app, f) : load_next_ids(app, f);
}

/* Somebody else may have written since. */
static enum err catch_up(struct app *app, struct fault *f)
{
	struct journal_head head;
	struct entry_id known = app->head.last;
	TRY(journal_head(app->db, &head, f));
	app->head = head;
	if (app->stale || head.last.v < known.v)
		return app_reload(app, f);
	if (ID_EQUAL(head.last, known))
		return OK;
	enum err e = reload_what_changed(app, known, f);
	app->stale |= e != OK;
	return e;
}

/* Outside a transaction: what is read part by part must still be of one moment. */
static enum err look(struct app *app, struct fault *f)
{
	TRY(db_look(app->db, f));
	enum err e = catch_up(app, f);
	db_rollback(app->db);
	return e;
}

/* ---- opening ---- */

static enum err put_setting(struct db *db, const char *key, const char *value, struct fault *f)
{
	TRY(db_begin(db, f));
	enum err e = q_setting_put(db, key, value, f);
	if (e == OK)
		e = db_commit(db, f);
	if (e != OK)
		db_rollback(db);
	return e;
}

/* A file is this program's alone; a server's database may have other nodes at work, and this role may have no right to change tables. */
static enum err bring_up(struct app *app, struct fault *f)
{
	int version;
	char has[16], knows[16];
	if (!uri_is_server(app->where))
		return db_migrate(app->db, f);
	TRY(db_version(app->db, &version, f));
	if (version == db_version_known())
		return OK;
	(void)snprintf(has, sizeof has, "%d", version);
	(void)snprintf(knows, sizeof knows, "%d", db_version_known());
	return FAULT(f, E_STORAGE, "data", MSG_PG_OLDER, location_show(app->where, &app->arena), has, knows);
}

static enum err open_db(struct app *app, enum app_mode mode, struct fault *f)
{
	if (!app->dir)
		TRY(db_open(app->where, DB_CREATE, &app->db, f));
	else
		TRY(db_open(app->where, mode == APP_WRITE ? DB_WRITE : DB_READ, &app->db, f));
	return mode == APP_WRITE || !app->dir ? bring_up(app, f) : OK;
}

static enum err open_parts(struct app *app, enum app_mode mode, struct fault *f)
{
	TRY(open_db(app, mode, f));
	TRY(load_rules(app, f));
	app->stale = true;
	return look(app, f);
}

enum err app_open_at(const char *dir, const char *where, enum app_mode mode, struct app *ret, struct fault *f)
{
	*ret = (struct app){ .now_us = clock_now, .today = clock_today() };
	ret->dir = arena_strdup(&ret->arena, dir);
	ret->where = arena_strdup(&ret->arena, where);
	ret->actor = acting_user(&ret->arena);
	enum err e = open_parts(ret, mode, f);
	if (e != OK)
		app_close(ret);
	return e;
}

enum err app_open(const char *dir, enum app_mode mode, struct app *ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct location at = { .where = ":memory:" };
	if (dir)
		TRY(location_find(dir, &a, &at, f));
	return app_open_at(dir, at.where, mode, ret, f);
}

enum err app_open_again(const struct app *app, enum app_mode mode, struct app *ret, struct fault *f)
{
	assert(app->dir);
	TRY(app_open_at(app->dir, app->where, mode, ret, f));
	ret->actor = arena_strdup(&ret->arena, app->actor);
	ret->today = app->today;
	ret->follow_clock = app->follow_clock;
	ret->now_us = app->now_us;
	ret->clock_ctx = app->clock_ctx;
	ret->lang = app->lang;
	ret->live = app->live;
	return OK;
}

void app_close(struct app *app)
{
	if (app->in_transaction)
		app_rollback(app);
	if (app->cube)
		cube_free(&app->cube);
	db_close(&app->db);
	arena_done(&app->tree_arena);
	arena_done(&app->calendar_arena);
	arena_done(&app->arena);
	*app = (struct app){ 0 };
}

enum err app_setting(struct app *app, const char *key, struct arena *a, const char **ret, struct fault *f)
{
	struct setting_get_row row;
	bool found;
	TRY(q_setting_get(app->db, key, a, &found, &row, f));
	*ret = found ? row.value : "";
	return OK;
}

enum err app_setting_put(struct app *app, const char *key, const char *value, struct fault *f)
{
	struct fault why = { 0 };
	if (app->in_transaction)
		return q_setting_put(app->db, key, value, f);
	enum err e = put_setting(app->db, key, value, &why);
	if (e == E_UNSURE || (e != OK && app_repeatable(&why))) /* twice is as good as once */
		e = put_setting(app->db, key, value, &why);
	if (e != OK && f)
		*f = why;
	return e;
}

enum err app_name(struct app *app, struct arena *a, const char **ret, struct fault *f)
{
	return app_setting(app, "name", a, ret, f);
}

enum err app_note_rules(struct app *app, bool *ret_other, struct fault *f)
{
	static const char RULES[] = "rules_hash";
	scoped(arena_done) struct arena a = { 0 };
	const char *known;
	TRY(app_setting(app, RULES, &a, &known, f));
	TRY(app_setting_put(app, RULES, app->rules_hash, f));
	*ret_other = *known && strcmp(known, app->rules_hash) != 0;
	return OK;
}

/* ---- transactions ---- */

enum err app_begin(struct app *app, struct fault *f)
{
	assert(!app->in_transaction);
	if (app->follow_clock)
		app->today = clock_day(app->now_us(app->clock_ctx));
	TRY(db_begin(app->db, f));
	app->in_transaction = true;
	enum err e = catch_up(app, f);
	app->began = app->head.last;
	if (e != OK)
		app_rollback(app);
	return e;
}

void app_rollback(struct app *app)
{
	if (!app->in_transaction)
		return;
	db_rollback(app->db);
	app->in_transaction = false;
	if (app->stale || !ID_EQUAL(app->head.last, app->began)) {
		app->stale = true;
		(void)!look(app, NULL); /* when it fails, app_begin tries again and says why */
	}
}

/* ---- asking ---- */

enum err app_unit(struct app *app, const char *code, const char *field, struct unit **ret, struct fault *f)
{
	struct unit *u = tree_find_code(&app->tree, code);
	if (!u)
		return FAULT(f, E_NOTFOUND, field, MSG_UNIT_CODE_UNKNOWN, code);
	*ret = u;
	return OK;
}
