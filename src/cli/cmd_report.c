/* nguon report: the question read from the line, the report asked, and written in the format that was asked for. */
#include "app/late.h"
#include "base/text.h"
#include "cli/cli_unit.h"
#include "office/report_write.h"
#include "stats/reports.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const struct cli_option cmd_report_options[] = {
	{ "unit", "CODE", "mã tổ chức", "code of the unit" },
	{ "period", "P", "kỳ: 2021, 2021-H1, 2021-Q2, 2021-03, 2021-SY, 2020-2025, 2020-01-01..2024-03-26", "period, in the same notations" },
	{ "as-of", "DAY", "ngày chốt số liệu (mặc định: cuối kỳ, không quá hôm nay)",
		"day of the figures (default: end of the period, not after today)" },
	{ "tree", "day|today", "hệ thống tổ chức của ngày chốt số liệu hay hiện nay", "tree of the day of the figures, or today's" },
	{ "indicator", "X", "chỉ tiêu (progress, ranking)", "indicator (progress, ranking)" },
	{ "by", "X", "chia theo (breakdown)", "dimension (breakdown)" },
	{ "kind", "X", "loại lớp (classes)", "kind of class (classes)" },
	{ "decimals", "N", "số chữ số thập phân, 0 đến 4 (mặc định 1)", "decimals, 0 to 4 (default 1)" },
	{ "rounding", "half-up|cut", "làm tròn hay cắt bỏ", "rounded or cut" },
	{ "format", "text|json|csv|xlsx", "định dạng", "format" },
	{ "out", "FILE", "ghi ra tệp", "writes to a file" },
	{ 0 }
};

typedef enum err cube_report_fn(const struct cube *c, const struct report_ask *q, struct arena *a, struct report *ret, struct fault *f);

/* The reports by name; `late` has no figures of the cube. */
static const struct report_kind {
	const char *name;
	cube_report_fn *fn; /* NULL: late */
} kinds[] = {
	{ "progress", report_progress }, { "breakdown", report_breakdown }, { "ranking", report_ranking },
	{ "classes", report_classes },   { "late", NULL },
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static enum err find_kind(struct cli *c, const struct report_kind **ret, struct fault *f)
{
	struct text list = TEXT(&c->arena);
	for (size_t i = 0; i < KINDS; i++) {
		text_addf(&list, "%s%s", i ? ", " : "", kinds[i].name);
		if (c->args_n == 1 && strcmp(kinds[i].name, c->args[0]) == 0) {
			*ret = &kinds[i];
			return OK;
		}
	}
	if (c->args_n != 1)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_REPORT_WHICH, text_str(&list));
	return FAULT(f, E_USAGE, NULL, MSG_CLI_REPORT_UNKNOWN, c->args[0], text_str(&list));
}

/* ---- the question ---- */

/* Which of the words an option says; `ret` keeps its value when the option was not given. */
static enum err read_word(const struct cli *c, const char *option, const char *first, const char *second, bool *ret, struct fault *f)
{
	const char *value = cli_option(c, option);
	if (!value)
		return OK;
	if (strcmp(value, first) != 0 && strcmp(value, second) != 0)
		return FAULT(f, E_USAGE, NULL, MSG_CLI_REPORT_WORD, option, first, second);
	*ret = strcmp(value, second) == 0;
	return OK;
}

static enum err read_rounding(const struct cli *c, struct rounding_choice *ret, struct fault *f)
{
	struct rounding_choice r = { 1, ROUND_HALF_UP };
	const char *decimals = cli_option(c, "decimals");
	bool cut = false;
	if (decimals && (strlen(decimals) != 1 || *decimals < '0' || *decimals > '4'))
		return FAULT(f, E_USAGE, NULL, MSG_CLI_REPORT_DECIMALS, decimals);
	if (decimals)
		r.decimals = *decimals - '0';
	TRY(read_word(c, "rounding", "half-up", "cut", &cut, f));
	if (cut)
		r.mode = ROUND_CUT;
	*ret = r;
	return OK;
}

static enum err read_dimension(struct cli *c, enum cube_dimension *ret, struct fault *f)
{
	const char *by = cli_option(c, "by");
	struct text list = TEXT(&c->arena);
	if (!by || cube_dimension_find(by, ret))
		return OK;
	for (int i = 0; i < BY__COUNT; i++)
		text_addf(&list, "%s%s", i ? ", " : "", cube_dimension_key((enum cube_dimension)i));
	return FAULT(f, E_USAGE, NULL, MSG_CLI_REPORT_BY, by, text_str(&list));
}

static enum err read_class_kind(const struct cli *c, const char **ret, struct fault *f)
{
	const char *kind = cli_option(c, "kind");
	const struct code *code;
	if (!kind)
		return OK;
	TRY(code_find(CODES_CLASS_KIND, kind, "--kind", &code, f));
	*ret = code->key;
	return OK;
}

/* The last day that counts: as given, else the end of the period but not after today. */
static enum err read_days(struct cli *c, bool needs_period, struct report_ask *q, struct fault *f)
{
	const char *period = cli_option(c, "period"), *as_of = cli_option(c, "as-of");
	if (needs_period)
		TRY(cli_required(c, "period", &period, f));
	q->as_of = c->app.today;
	if (period)
		TRY(period_parse(period, "--period", &q->period, f));
	if (period && q->period.to.n < q->as_of.n)
		q->as_of = q->period.to;
	if (as_of)
		TRY(day_parse(as_of, "--as-of", &q->as_of, f));
	return OK;
}

static enum err read_ask(struct cli *c, const struct report_kind *kind, struct report_ask *ret, struct fault *f)
{
	struct report_ask q = { .today = c->app.today, .lang = c->lang, .indicator = cli_option(c, "indicator") };
	const char *unit;
	TRY(cli_required(c, "unit", &unit, f));
	TRY(cli_unit(c, unit, &q.unit, f));
	TRY(read_days(c, kind->fn != NULL, &q, f));
	TRY(read_word(c, "tree", "day", "today", &q.today_tree, f));
	TRY(read_rounding(c, &q.rounding, f));
	TRY(read_dimension(c, &q.by, f));
	TRY(read_class_kind(c, &q.class_kind, f));
	*ret = q;
	return OK;
}

static enum err ask(struct cli *c, const struct report_kind *kind, const struct report_ask *q, struct report *ret, struct fault *f)
{
	struct cube *cube;
	const struct late_ask late = { q->unit, q->as_of, q->lang, q->rounding };
	if (!kind->fn)
		return late_report(&c->app, &late, &c->arena, ret, f);
	TRY(app_cube(&c->app, &cube, f));
	return kind->fn(cube, q, &c->arena, ret, f);
}

/* ---- the answer ---- */

static enum err cannot_write(const char *path, struct fault *f)
{
	return FAULT(f, E_STORAGE, "--out", MSG_CLI_REPORT_OUT, path, strerror(errno));
}

/* Beside the file first, so that a full disk leaves the old one whole. */
static enum err write_file(struct cli *c, const char *path, const char *text, struct fault *f)
{
	const char *part = arena_printf(&c->arena, "%s.part", path);
	FILE *file = fopen(part, "wbe");
	if (!file)
		return cannot_write(path, f);
	bool bad = fputs(text, file) == EOF;
	bad |= fclose(file) != 0;
	if (!bad && rename(part, path) == 0)
		return OK;
	enum err e = cannot_write(path, f);
	(void)remove(part);
	return e;
}

static const char *default_file(struct cli *c, const struct report *r)
{
	return arena_printf(&c->arena, "%s-%s-%s.xlsx", r->name, r->unit_code, period_text(r->period, &c->arena));
}

static enum err read_format(const struct cli *c, enum report_format *ret, struct fault *f)
{
	const char *format = cli_option(c, "format");
	if (format)
		return report_format_parse(format, ret, f);
	*ret = c->json ? REPORT_JSON : REPORT_TEXT;
	return OK;
}

/* Whether it arrived is asked once, at the end of the program. */
static void print(const char *text)
{
	size_t n = strlen(text);
	(void)fputs(text, stdout);
	if (n == 0 || text[n - 1] != '\n')
		(void)putchar('\n');
}

static void say_written(struct cli *c, const char *path)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	if (!c->json) {
		CLI_SAY(c, MSG_CLI_REPORT_WRITTEN, path);
		return;
	}
	json_object(&j);
	json_put_string(&j, "file", path);
	json_object_end(&j);
	cli_json(&t);
}

static enum err write_report(struct cli *c, const struct report *r, enum report_format format, struct fault *f)
{
	static const char *(*const text_of[])(const struct report *r, struct arena *a) = {
		[REPORT_TEXT] = report_text, [REPORT_JSON] = report_json, [REPORT_CSV] = report_csv,
	};
	const char *out = cli_option(c, "out");
	if (format == REPORT_XLSX) {
		out = out ? out : default_file(c, r);
		TRY(report_xlsx(r, out, f));
	} else {
		assert((size_t)format < sizeof text_of / sizeof *text_of);
		const char *text = text_of[format](r, &c->arena);
		if (!out)
			print(text);
		else
			TRY(write_file(c, out, text, f));
	}
	if (out)
		say_written(c, out);
	return OK;
}

enum err cmd_report(struct cli *c, struct fault *f)
{
	const struct report_kind *kind;
	enum report_format format;
	struct report_ask q;
	struct report r;
	TRY(find_kind(c, &kind, f));
	TRY(read_format(c, &format, f));
	TRY(read_ask(c, kind, &q, f));
	TRY(ask(c, kind, &q, &r, f));
	return write_report(c, &r, format, f);
}
