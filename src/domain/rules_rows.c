#include "domain/rules_rows.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

static const char *say(enum lang lang, const char *vi, const char *en)
{
	return label_of((struct labels){ vi, en }, lang);
}

const char *rules_threshold_text(enum vote_threshold t, enum lang lang)
{
	return t == VOTE_MAJORITY ? say(lang, "quá nửa", "more than half") : say(lang, "ít nhất 2/3", "at least 2/3");
}

const char *rules_severity_text(enum severity s, enum lang lang)
{
	return s == SEVERITY_REFUSE ? say(lang, "từ chối", "refuse") : say(lang, "cảnh báo", "warn");
}

/* ---- addresses ---- */

static const char *clock_key(const void *row, struct arena *a)
{
	(void)a;
	return ((const struct clock *)row)->key;
}

static const char *step_key(const void *row, struct arena *a)
{
	(void)a;
	return ((const struct step *)row)->key;
}

static const char *check_key(const void *row, struct arena *a)
{
	const struct check *k = row;
	return arena_printf(a, "%s/%s%s%s%s%s", k->at, k->key, k->a ? ":" : "", k->a ? k->a : "", k->b ? ":" : "", k->b ? k->b : "");
}

static const char *body_key(const void *row, struct arena *a)
{
	return arena_printf(a, "body/%s", ((const struct body *)row)->key);
}

static const char *paper_key(const void *row, struct arena *a)
{
	return arena_printf(a, "paper/%s", ((const struct paper_row *)row)->key);
}

/* ---- what they say ---- */

static const char *clock_text(const void *row, enum lang lang, struct arena *a)
{
	const struct clock *k = row;
	const char *length = span_text(k->length, lang, a);
	return k->extension ? arena_printf(a, "%s, %s %d", length, say(lang, "gia hạn thêm", "extension"), k->extension) : length;
}

static const char *step_text(const void *row, enum lang lang, struct arena *a)
{
	(void)a;
	const struct step *s = row;
	return s->votes ? rules_threshold_text(s->threshold, lang) : "";
}

static void add_day(struct text *t, const char *word, struct day d, enum lang lang)
{
	char text[DAY_TEXT];
	text_addf(t, "%s %s; ", word, lang == LANG_VI ? day_vi(d, text) : day_iso(d, text));
}

static const char *check_text(const void *row, enum lang lang, struct arena *a)
{
	const struct check *k = row;
	struct text t = TEXT(a);
	if (day_before(DAY_FIRST, k->valid.from))
		add_day(&t, say(lang, "từ ngày", "since"), k->valid.from, lang);
	if (day_before(k->valid.to, DAY_LAST))
		add_day(&t, say(lang, "đến ngày", "until"), k->valid.to, lang);
	if (k->min)
		text_addf(&t, "%s %d; ", say(lang, "từ", "from"), k->min);
	if (k->max)
		text_addf(&t, "%s %d; ", say(lang, "đến", "to"), k->max);
	text_add(&t, rules_severity_text(k->severity, lang));
	return text_str(&t);
}

static const char *body_text(const void *row, enum lang lang, struct arena *a)
{
	const struct body *b = row;
	const char *label = label_of(b->label, lang);
	return b->votes ? arena_printf(a, "%s: %s", label, rules_threshold_text(b->threshold, lang)) : label;
}

static const char *paper_text(const void *row, enum lang lang, struct arena *a)
{
	const struct paper_row *p = row;
	return p->redo_after ? arena_printf(a, "%s %s", say(lang, "làm lại khi hết", "again after"), p->redo_after) : "";
}

/* ---- the lists ---- */

enum { NO_SITE = -1 };

static const struct list {
	size_t at, count, size, cite;
	int site, verified; /* offsets; NO_SITE, and -1 where the pack's own mark holds */
	const char *(*key)(const void *row, struct arena *a);
	const char *(*text)(const void *row, enum lang lang, struct arena *a);
} lists[ROW__KINDS] = {
	[ROW_CLOCK] = { offsetof(struct pack, clocks), offsetof(struct pack, clocks_n), sizeof(struct clock), offsetof(struct clock, cite),
		offsetof(struct clock, site), offsetof(struct clock, verified), clock_key, clock_text },
	[ROW_STEP] = { offsetof(struct pack, steps), offsetof(struct pack, steps_n), sizeof(struct step), offsetof(struct step, cite),
		offsetof(struct step, site), -1, step_key, step_text },
	[ROW_CHECK] = { offsetof(struct pack, checks), offsetof(struct pack, checks_n), sizeof(struct check), offsetof(struct check, cite),
		offsetof(struct check, site), offsetof(struct check, verified), check_key, check_text },
	[ROW_BODY] = { offsetof(struct pack, bodies), offsetof(struct pack, bodies_n), sizeof(struct body), offsetof(struct body, cite),
		offsetof(struct body, site), offsetof(struct body, verified), body_key, body_text },
	[ROW_PAPER] = { offsetof(struct pack, papers), offsetof(struct pack, papers_n), sizeof(struct paper_row),
		offsetof(struct paper_row, cite), NO_SITE, offsetof(struct paper_row, verified), paper_key, paper_text },
};

static char *rows_of(const struct pack *p, const struct list *l, size_t *ret_n)
{
	char *v;
	memcpy(&v, (const char *)p + l->at, sizeof v);
	memcpy(ret_n, (const char *)p + l->count, sizeof *ret_n);
	return v;
}

/* The second of the same address is "…#2". */
static const char *numbered(const struct list *l, const char *rows, const char *row, struct arena *a)
{
	const char *key = l->key(row, a);
	int alike = 1;
	for (const char *other = rows; other < row; other += l->size)
		alike += strcmp(l->key(other, a), key) == 0;
	return alike == 1 ? key : arena_printf(a, "%s#%d", key, alike);
}

const char *rules_check_row(const struct pack *p, const struct check *check, struct arena *a)
{
	return numbered(&lists[ROW_CHECK], (const char *)p->checks, (const char *)check, a);
}

static bool mark_of(const struct pack *p, const struct list *l, const char *row)
{
	bool verified = p->verified;
	if (l->verified >= 0)
		memcpy(&verified, row + l->verified, sizeof verified);
	return verified;
}

static struct rules_row row_of(const struct pack *p, enum rules_row_kind kind, char *rows, char *row, struct arena *a)
{
	const struct list *l = &lists[kind];
	struct rules_row ret = { .kind = kind, .key = numbered(l, rows, row, a), .object = row, .cite = (const char **)(void *)(row + l->cite),
		.verified = mark_of(p, l, row) };
	if (l->site != NO_SITE)
		ret.site = (const struct site_value **)(void *)(row + l->site);
	return ret;
}

struct rules_row *rules_rows(const struct pack *p, struct arena *a, size_t *ret_n)
{
	size_t most = p->clocks_n + p->steps_n + p->checks_n + p->bodies_n + p->papers_n, n = 0;
	struct rules_row *ret = arena_array(a, struct rules_row, most);
	for (enum rules_row_kind kind = 0; kind < ROW__KINDS; kind++) {
		size_t rows_n;
		char *rows = rows_of(p, &lists[kind], &rows_n);
		for (size_t i = 0; i < rows_n; i++)
			ret[n++] = row_of(p, kind, rows, rows + i * lists[kind].size, a);
	}
	*ret_n = n;
	return ret;
}

bool rules_row_find(const struct pack *p, const char *key, struct arena *a, struct rules_row *ret)
{
	size_t n;
	struct rules_row *rows = rules_rows(p, a, &n);
	for (size_t i = 0; i < n; i++)
		if (strcmp(rows[i].key, key) == 0) {
			*ret = rows[i];
			return true;
		}
	return false;
}

const char *rules_row_text(const struct rules_row *row, enum lang lang, struct arena *a)
{
	return lists[row->kind].text(row->object, lang, a);
}

const char *rules_check_text(const struct check *check, enum lang lang, struct arena *a)
{
	const char *text = label_of(check->message, lang), *open = strchr(text, '{');
	return open ? arena_printf(a, "%.*s…%s", (int)(open - text), text, strchr(open, '}') + 1) : text;
}
