/* nguon unit reorganise | reorganisations | undo: several changes to the tree under one decision. */
#include "app/reorg_rows.h"
#include "app/reorg_view.h"
#include "cli/cli.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct cli_option cmd_unit_options[] = {
	{ "plan", "FILE", "phương án: .json, hoặc bảng .xlsx, .csv (reorganise)", "the plan: .json, or a table .xlsx, .csv (reorganise)" },
	{ "dry-run", NULL, "chỉ xem trước, không ghi gì (reorganise)", "only previews, stores nothing (reorganise)" },
	{ "kind", "merge|union|split|move|close|change", "loại sắp xếp, khi phương án là bảng", "kind, where the plan is a table" },
	{ "on", "DAY", "ngày hiệu lực, khi phương án là bảng", "first day, where the plan is a table" },
	{ "paper-no", "NUMBER", "số quyết định", "number of the decision" },
	{ "paper-on", "DAY", "ngày quyết định", "day of the decision" },
	{ "reason", "TEXT", "lý do (undo)", "reason (undo)" },
	{ 0 }
};

enum { FILE_MAX = 8 << 20 };

static const char *number(struct cli *c, int64_t n)
{
	return arena_printf(&c->arena, "%" PRId64, n);
}

/* ---- the plan ---- */

static enum err read_file(struct cli *c, const char *path, char **ret, size_t *ret_n, struct fault *f)
{
	FILE *file = fopen(path, "rbe");
	if (!file)
		return FAULT(f, E_STORAGE, "--plan", MSG_APP_CANNOT_READ, path, strerror(errno));
	char *bytes = arena_alloc(&c->arena, FILE_MAX + 1);
	size_t n = fread(bytes, 1, FILE_MAX + 1, file);
	bool bad = ferror(file);
	(void)fclose(file);
	if (bad)
		return FAULT(f, E_STORAGE, "--plan", MSG_APP_CANNOT_READ, path, strerror(EIO));
	if (n > FILE_MAX)
		return FAULT(f, E_TOOBIG, "--plan", MSG_REORG_SHEET_BIG);
	bytes[n] = '\0';
	*ret = bytes;
	*ret_n = n;
	return OK;
}

static bool is_json(const char *path)
{
	size_t n = strlen(path);
	return n > 5 && strcmp(path + n - 5, ".json") == 0;
}

static enum err plan_text(struct cli *c, const char **ret, struct fault *f)
{
	const char *path, *kind = cli_option(c, "kind"), *on = cli_option(c, "on"), *lines;
	struct reorg_row *rows;
	char *bytes;
	size_t n, rows_n;
	TRY(cli_required(c, "plan", &path, f));
	TRY(read_file(c, path, &bytes, &n, f));
	if (is_json(path)) {
		*ret = bytes;
		return OK;
	}
	if (!kind || !on)
		return FAULT(f, E_USAGE, "--kind", MSG_REORG_SHEET_KIND);
	TRY(reorg_rows_sheet(path, bytes, n, &c->arena, &lines, f));
	TRY(reorg_rows_read(lines, &c->arena, &rows, &rows_n, f));
	*ret = reorg_rows_plan(&c->app.tree, kind, on, rows, rows_n, &c->arena);
	return OK;
}

struct given {
	const char *plan, *paper_no, *paper_on;
};

static const char *given_of(void *ctx, const struct field *field)
{
	const struct given *g = ctx;
	if (strcmp(field->name, "plan") == 0)
		return g->plan;
	return strcmp(field->name, "paper_no") == 0 ? g->paper_no : strcmp(field->name, "paper_on") == 0 ? g->paper_on : NULL;
}

/* ---- showing ---- */

static void show_side(struct cli *c, const struct reorg_side *s)
{
	const char *mark = s->ends ? cli_text(c, "kết thúc", "ends") : s->begins ? cli_text(c, "mới", "new") : "";
	(void)printf("  %s %s %s %s\n", cli_pad(c, s->code, 14), cli_pad(c, s->name, 40), cli_pad(c, s->parent, 14), mark);
	(void)printf("  %s %" PRId64 " %s, %" PRId64 " %s, %zu %s\n", cli_pad(c, "", 14), s->people.members,
		cli_text(c, "đảng viên", "members"), s->people.candidates, cli_text(c, "đang xem xét", "candidates"), s->below,
		cli_text(c, "tổ chức bên dưới", "units below"));
}

static void show_target(struct cli *c, const struct reorg_action *x)
{
	(void)printf("  %s %s → %s: %s %s, %s\n", cli_text(c, "chỉ tiêu", "target"), x->unit, x->to,
		cli_text(c, indicator_find(x->indicator)->label.vi, indicator_find(x->indicator)->label.en), period_text(x->period, &c->arena),
		number(c, x->low / TARGET_MILLI));
}

static void show_preview(struct cli *c, const struct reorg_preview *p)
{
	(void)printf("%s, %s %s\n", code_label(CODES_REORG, p->plan.kind, c->lang), cli_text(c, "từ ngày", "from"), cli_day(c, p->plan.on));
	cli_say(c, cli_text(c, "Trước", "Before"));
	for (size_t i = 0; i < p->before_n; i++)
		show_side(c, &p->before_v[i]);
	cli_say(c, cli_text(c, "Sau", "After"));
	for (size_t i = 0; i < p->after_n; i++)
		show_side(c, &p->after_v[i]);
	(void)printf("%zu %s, %zu %s\n", p->moved_units, cli_text(c, "tổ chức đổi cấp trên", "units get another parent"), p->moved_people,
		cli_text(c, "người đổi nơi sinh hoạt", "people get another unit"));
	for (size_t i = 0; i < p->plan.n; i++)
		if (p->plan.v[i].what == REORG_TARGET)
			show_target(c, &p->plan.v[i]);
}

static void sides_json(struct json *j, const char *key, const struct reorg_side *v, size_t n)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		json_put_string(j, "unit", v[i].code);
		json_put_string(j, "name", v[i].name);
		json_put_string(j, "parent", *v[i].parent ? v[i].parent : NULL);
		json_put_int(j, "members", v[i].people.members);
		json_put_int(j, "candidates", v[i].people.candidates);
		json_object_end(j);
	}
	json_array_end(j);
}

static void preview_json(struct cli *c, const struct reorg_preview *p)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	sides_json(&j, "before", p->before_v, p->before_n);
	sides_json(&j, "after", p->after_v, p->after_n);
	json_put_int(&j, "moved_units", (int64_t)p->moved_units);
	json_put_int(&j, "moved_people", (int64_t)p->moved_people);
	cli_warnings_json(c, &j, &p->warnings);
	json_object_end(&j);
	cli_json(&t);
}

/* ---- the commands ---- */

static enum err say_done(struct cli *c, const struct op_result *r, struct fault *f)
{
	(void)f;
	if (!c->json) {
		cli_warnings(c, &r->warnings);
		CLI_SAY(c, MSG_REORG_DONE, number(c, r->entity_id), number(c, r->entry.v));
		return OK;
	}
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_int(&j, "reorg", r->entity_id);
	json_put_int(&j, "entry", r->entry.v);
	cli_warnings_json(c, &j, &r->warnings);
	json_object_end(&j);
	cli_json(&t);
	return OK;
}

enum err cmd_unit_reorganise(struct cli *c, struct fault *f)
{
	bool dry = cli_option(c, "dry-run");
	struct given given = { .paper_no = cli_option(c, "paper-no"), .paper_on = cli_option(c, "paper-on") };
	const struct op *op = c->op = op_find("reorganise");
	struct reorg_preview preview;
	struct op_result result;
	void *in;
	TRY(cli_words(c, 1, 1, f));
	TRY(cli_open(c, dry ? APP_READ : APP_WRITE, f));
	TRY(plan_text(c, &given.plan, f));
	TRY(op_parse(op, given_of, &given, &c->arena, &in, f));
	TRY(reorg_preview(&c->app, in, &c->arena, &preview, f));
	if (!c->json)
		show_preview(c, &preview);
	else if (dry)
		preview_json(c, &preview);
	if (dry) {
		cli_warnings(c, &preview.warnings);
		return OK;
	}
	TRY(op_run_alone(&c->app, op, in, &c->arena, &result, f));
	return say_done(c, &result, f);
}

enum err cmd_unit_undo(struct cli *c, struct fault *f)
{
	const struct op *op = c->op = op_find("reorganise_undo");
	struct reorganise_undo_in in = { 0 };
	struct op_result result;
	char *end;
	TRY(cli_words(c, 2, 2, f));
	TRY(cli_required(c, "reason", &in.reason, f));
	in.reorg = strtoll(c->args[1], &end, 10);
	if (*end || end == c->args[1])
		return FAULT(f, E_INVALID, "reorg", MSG_NOT_NUMBER, c->args[1]);
	TRY(cli_open(c, APP_WRITE, f));
	TRY(op_run_alone(&c->app, op, &in, &c->arena, &result, f));
	return say_done(c, &result, f);
}

static void show_units(const char *label, const struct unit **v, size_t n, struct day on)
{
	for (size_t i = 0; i < n; i++)
		(void)printf("      %s %s %s\n", label, v[i]->code, unit_name(v[i], on));
}

static void show_item(struct cli *c, const struct reorg_item *x)
{
	(void)printf("%4" PRId64 "  %s  %s  %s%s\n", x->id, cli_day(c, x->on), code_label(CODES_REORG, x->kind, c->lang),
		x->paper_no ? x->paper_no : "",
		x->undone_by ? arena_printf(&c->arena, "  [%s %" PRId64 "]", cli_text(c, "đã hủy, số", "taken back by"), x->undone_by) : "");
	show_units(cli_text(c, "kết thúc", "closed"), x->closed, x->closed_n, day_add(x->on, -1));
	show_units(cli_text(c, "mới     ", "opened"), x->opened, x->opened_n, x->on);
}

static void item_json(struct json *j, const struct reorg_item *x)
{
	json_object(j);
	json_put_int(j, "id", x->id);
	json_put_string(j, "kind", x->kind);
	json_put_day(j, "on", x->on);
	json_put_string(j, "paper_no", x->paper_no);
	json_key(j, "undone_by");
	if (x->undone_by)
		json_int(j, x->undone_by);
	else
		json_null(j);
	json_object_end(j);
}

enum err cmd_unit_reorgs(struct cli *c, struct fault *f)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	struct reorg_item *v;
	size_t n;
	TRY(cli_words(c, 1, 1, f));
	TRY(cli_open(c, APP_READ, f));
	TRY(reorg_list(&c->app, &c->arena, &v, &n, f));
	json_array(&j);
	for (size_t i = 0; i < n; i++) {
		item_json(&j, &v[i]);
		if (!c->json)
			show_item(c, &v[i]);
	}
	json_array_end(&j);
	if (c->json)
		cli_json(&t);
	else if (n == 0)
		cli_say(c, cli_text(c, "Chưa có lần sắp xếp nào.", "No reorganisation yet."));
	return OK;
}
