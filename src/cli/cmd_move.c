/* nguon move, nguon backup: the whole installation to another engine or folder. */
#include "app/clock.h"
#include "app/move.h"
#include "base/utf8.h"
#include "cli/cli.h"
#include "store/uri.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define CLI_TO_VARIABLE "NGUON_MOVE_TO"

const struct cli_option cmd_move_options[] = {
	{ "from", "DIR", "thư mục dữ liệu cần chuyển", "data directory to be moved" },
	{ "to", "DIR|" CLI_ADDRESS, "nơi đến: thư mục mới, hoặc cơ sở dữ liệu PostgreSQL trống",
		"where to: a new folder, or an empty PostgreSQL database" },
	{ "owner", CLI_ADDRESS, "vai trò chủ của cơ sở dữ liệu đến, tạo bảng và cấp quyền cho vai trò ở --to",
		"owner of the new database, who makes the tables and gives rights to the role of --to" },
	{ "switch", NULL, "sau khi kiểm tra, thư mục cũ dùng cơ sở dữ liệu mới", "when all is verified, the old folder works with the new database" },
	{ 0 }
};

const struct cli_option cmd_backup_options[] = {
	{ "to", "DIR", "thư mục mới để chứa bản sao lưu", "a new folder for the copy" },
	{ 0 }
};

/* ---- progress ---- */

enum { SECOND = 1000000, PATIENCE = 2 * SECOND };

struct progress {
	struct cli *c;
	int64_t start, last;
	bool terminal, shown;
};

/* 1.234.567, in English 1,234,567. */
static const char *number(struct cli *c, struct arena *a, int64_t n)
{
	struct text t = TEXT(a);
	const char *digits = arena_printf(a, "%" PRId64, n);
	for (size_t left = strlen(digits); left > 0; left--, digits++) {
		text_addc(&t, *digits);
		if (left > 1 && left % 3 == 1)
			text_addc(&t, c->lang == LANG_VI ? '.' : ',');
	}
	return text_str(&t);
}

static void show_progress(void *ctx, const char *table, int64_t rows)
{
	scoped(arena_done) struct arena a = { 0 };
	struct progress *p = ctx;
	int64_t at = clock_now(NULL);
	if (table && (at - p->last < SECOND || (!p->terminal && at - p->start < PATIENCE)))
		return;
	if (!table && !p->shown)
		return;
	const char *line = table ? MSG_TEXT(&a, p->c->lang, MSG_CLI_MOVING, table, number(p->c, &a, rows)) :
		MSG_TEXT(&a, p->c->lang, MSG_CLI_MOVE_VERIFYING, number(p->c, &a, rows));
	(void)fprintf(stderr, p->terminal ? "\r\033[K%s" : "%s\n", line);
	p->last = at;
	p->shown = true;
}

static void end_progress(const struct progress *p)
{
	if (p->terminal && p->shown)
		(void)fputs("\r\033[K", stderr);
}

/* ---- the result ---- */

static void print_row(struct cli *c, const char *table, const char *rows, const char *equal)
{
	(void)printf("  %s %s  %s\n", cli_pad(c, table, 14), arena_printf(&c->arena, "%*s%s", (int)(14 - utf8_length(rows)), "", rows), equal);
}

static void print_tables(struct cli *c, const struct move_report *r)
{
	const char *equal = cli_text(c, "giống hệt", "equal");
	print_row(c, cli_text(c, "Bảng", "Table"), cli_text(c, "Số dòng", "Rows"), cli_text(c, "So với nguồn", "Compared"));
	for (size_t i = 0; i < r->n; i++)
		print_row(c, r->tables[i].name, number(c, &c->arena, r->tables[i].rows), equal);
	print_row(c, cli_text(c, "Tổng cộng", "Total"), number(c, &c->arena, r->rows), equal);
}

static void tables_json(struct json *j, const struct move_report *r)
{
	json_key(j, "tables");
	json_array(j);
	for (size_t i = 0; i < r->n; i++) {
		json_object(j);
		json_put_string(j, "name", r->tables[i].name);
		json_put_int(j, "rows", r->tables[i].rows);
		json_put_string(j, "hash", r->tables[i].hash);
		json_object_end(j);
	}
	json_array_end(j);
}

static void print_json(struct cli *c, const struct move_ask *ask, const struct move_report *r)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "from", r->from);
	json_put_string(&j, "to", r->to);
	tables_json(&j, r);
	json_put_int(&j, "rows", r->rows);
	json_put_int(&j, "entries", r->head.last.v);
	json_put_string(&j, "head", r->head.hash);
	json_put_bool(&j, "verified", r->verified);
	json_put_bool(&j, "switched", ask->make_switch);
	json_object_end(&j);
	cli_json(&t);
}

static void print_proof(struct cli *c, const struct move_report *r)
{
	CLI_SAY(c, MSG_CLI_VERIFIED, number(c, &c->arena, r->proof.entries), r->proof.head, number(c, &c->arena, (int64_t)r->proof.tables),
		number(c, &c->arena, r->proof.rows));
}

/* What to do now. */
static void print_way_on(struct cli *c, const struct move_ask *ask, const struct move_report *r)
{
	if (ask->make_switch && r->old)
		CLI_SAY(c, MSG_CLI_MOVE_SWITCHED, ask->from, r->to, r->old);
	else if (ask->make_switch)
		CLI_SAY(c, MSG_CLI_MOVE_NAMED, ask->from, r->to);
	else if (uri_is_server(ask->to))
		CLI_SAY(c, MSG_CLI_MOVE_NOT_SWITCHED, ask->from);
	else
		CLI_SAY(c, MSG_CLI_MOVE_FOLDER, ask->to, ask->from);
}

static enum err run(struct cli *c, struct move_ask *ask, struct move_report *ret, struct fault *f)
{
	int64_t now = clock_now(NULL);
	struct progress p = { .c = c, .start = now, .last = now, .terminal = isatty(STDERR_FILENO) };
	ask->progress = show_progress;
	ask->ctx = &p;
	enum err e = move_run(ask, &c->arena, ret, f);
	end_progress(&p);
	return e;
}

/* ---- the commands ---- */

static bool is_address(const char *text)
{
	return *text == '@' || uri_is_server(text);
}

static enum err read_move(struct cli *c, struct move_ask *ask, struct fault *f)
{
	const char *to = cli_option(c, "to");
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_required(c, "from", &ask->from, f));
	ask->to = to;
	if (!to || is_address(to))
		TRY(cli_address(c, "to", CLI_TO_VARIABLE, &ask->to, f));
	if (!ask->to)
		return cli_required(c, "to", &ask->to, f);
	ask->make_switch = cli_option(c, "switch") != NULL;
	if (uri_is_server(ask->to))
		return cli_address(c, "owner", CLI_OWNER_VARIABLE, &ask->owner, f);
	if (ask->make_switch || cli_option(c, "owner"))
		return FAULT(f, E_USAGE, NULL, MSG_CLI_MOVE_SERVER_ONLY, ask->make_switch ? "switch" : "owner");
	return OK;
}

enum err cmd_move(struct cli *c, struct fault *f)
{
	struct move_ask ask = { .from = NULL };
	struct move_report r;
	TRY(read_move(c, &ask, f));
	TRY(run(c, &ask, &r, f));
	if (c->json) {
		print_json(c, &ask, &r);
		return OK;
	}
	CLI_SAY(c, MSG_CLI_MOVED, r.from, r.to);
	print_tables(c, &r);
	print_proof(c, &r);
	print_way_on(c, &ask, &r);
	return OK;
}

enum err cmd_backup(struct cli *c, struct fault *f)
{
	struct move_ask ask = { .from = c->data, .backup = true };
	struct move_report r;
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_data(c, f));
	TRY(cli_required(c, "to", &ask.to, f));
	if (is_address(ask.to))
		return FAULT(f, E_USAGE, NULL, MSG_CLI_BACKUP_FOLDER);
	TRY(run(c, &ask, &r, f));
	if (c->json) {
		print_json(c, &ask, &r);
		return OK;
	}
	CLI_SAY(c, MSG_CLI_BACKED_UP, r.from, r.to);
	print_tables(c, &r);
	CLI_SAY(c, MSG_CLI_BACKUP_HEAD, number(c, &c->arena, r.head.last.v), r.head.hash, ask.to);
	return OK;
}
