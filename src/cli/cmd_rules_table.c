/* nguon rules table CATALOGUE: docs/rules.md, the table of every rule with its values, made from the catalogue and the packs. */
#include "base/yaml_tree.h"
#include "cli/cmd_rules.h"
#include "domain/yaml_fields.h"

#include <string.h>

struct words {
	const char **v;
	size_t n;
};

struct catalogue_row {
	const char *row, *rule, *left_out;
	struct words packs, code, tests;
	int line;
};

struct catalogue {
	const char *file;
	struct catalogue_row *v;
	size_t n;
};

/* ---- reading ---- */

static enum err read_text(struct cli *c, const char *file, struct yaml *map, const char *key, const char **ret, struct fault *f)
{
	(void)c;
	*ret = NULL;
	return yaml_get(map, key) ? yaml_text(file, map, key, ret, f) : OK;
}

static enum err read_list(struct cli *c, const char *file, struct yaml *map, const char *key, struct words *ret, struct fault *f)
{
	struct yaml *list;
	size_t n = 0;
	TRY(yaml_list(file, map, key, &list, f));
	for (const struct yaml *x = list ? list->first : NULL; x; x = x->next)
		n++;
	*ret = (struct words){ arena_array(&c->arena, const char *, n), 0 };
	for (const struct yaml *x = list ? list->first : NULL; x; x = x->next) {
		if (x->kind != YAML_SCALAR)
			return YAML_FAULT(f, file, x, MSG_YAML_NOT_TEXT, key);
		ret->v[ret->n++] = x->text;
	}
	return OK;
}

static enum err read_entry(struct cli *c, const char *file, struct yaml *map, struct catalogue_row *ret, struct fault *f)
{
	ret->line = map->line;
	TRY(yaml_text(file, map, "row", &ret->row, f));
	TRY(yaml_text(file, map, "rule", &ret->rule, f));
	TRY(read_text(c, file, map, "left_out", &ret->left_out, f));
	TRY(read_list(c, file, map, "packs", &ret->packs, f));
	TRY(read_list(c, file, map, "code", &ret->code, f));
	return read_list(c, file, map, "tests", &ret->tests, f);
}

static enum err read_catalogue(struct cli *c, const char *path, struct catalogue *ret, struct fault *f)
{
	struct text bytes;
	struct yaml *root, *list;
	TRY(cmd_rules_read(c, path, &bytes, f));
	TRY(yaml_parse(path, text_str(&bytes), bytes.n, &c->arena, &root, f));
	TRY(yaml_list(path, root, "rows", &list, f));
	*ret = (struct catalogue){ .file = path };
	for (const struct yaml *x = list ? list->first : NULL; x; x = x->next)
		ret->n++;
	ret->v = arena_array(&c->arena, struct catalogue_row, ret->n);
	struct catalogue_row *e = ret->v;
	for (struct yaml *x = list ? list->first : NULL; x; x = x->next)
		TRY(read_entry(c, path, x, e++, f));
	return yaml_all_used(path, root, f);
}

/* ---- what is wrong with it ---- */

static bool in_any_pack(struct cli *c, const struct rules *r, const char *key)
{
	struct rules_row row;
	for (size_t i = 0; i < r->n; i++)
		if (rules_row_find(r->packs[i], key, &c->arena, &row))
			return true;
	return false;
}

static bool is_named(const struct catalogue *k, const char *key)
{
	for (size_t i = 0; i < k->n; i++)
		for (size_t j = 0; j < k->v[i].packs.n; j++)
			if (strcmp(k->v[i].packs.v[j], key) == 0)
				return true;
	return false;
}

static int complain_of_entry(struct cli *c, const struct catalogue *k, const struct rules *r, const struct catalogue_row *e)
{
	int wrong = 0;
	for (size_t i = 0; i < e->packs.n; i++)
		if (!in_any_pack(c, r, e->packs.v[i]))
			wrong++, (void)fprintf(stderr, "%s:%d: %s: no pack has the row %s\n", k->file, e->line, e->row, e->packs.v[i]);
	if (!e->left_out && e->packs.n + e->code.n == 0)
		wrong++, (void)fprintf(stderr, "%s:%d: %s: nothing says where it lives (packs, code or left_out)\n", k->file, e->line, e->row);
	if (!e->left_out && e->tests.n == 0)
		wrong++, (void)fprintf(stderr, "%s:%d: %s: no test\n", k->file, e->line, e->row);
	return wrong;
}

static int complain_of_pack(struct cli *c, const struct catalogue *k, const struct rules *r, size_t position)
{
	int wrong = 0;
	size_t n;
	const struct rules before = { .packs = r->packs, .n = position };
	const struct rules_row *rows = rules_rows(r->packs[position], &c->arena, &n);
	for (size_t i = 0; i < n; i++)
		if (!is_named(k, rows[i].key) && !in_any_pack(c, &before, rows[i].key))
			wrong++, (void)fprintf(stderr, "%s: %s: in no row of the catalogue\n", r->packs[position]->file, rows[i].key);
	return wrong;
}

/* Each problem on a line of its own, so that all can be mended at once. */
static int complain(struct cli *c, const struct catalogue *k, const struct rules *r)
{
	int wrong = 0;
	for (size_t i = 0; i < k->n; i++)
		wrong += complain_of_entry(c, k, r, &k->v[i]);
	for (size_t i = 0; i < r->n; i++)
		wrong += complain_of_pack(c, k, r, i);
	return wrong;
}

/* ---- the table ---- */

static void print_head(struct cli *c, const struct rules *r)
{
	(void)c;
	(void)printf("# The rules, one by one\n\n"
		"Written by `nguon rules table rules/conformance.yaml > docs/rules.md` from the rule packs and that file; a test compares.\n"
		"Values and citations are those of the packs; `=`: the same as in the period before, `–`: that period does not have it.\n"
		"**?** marks what nobody could compare with the text of the instrument yet: pages, lists and reports show the same mark.\n\n");
	(void)printf("| period | pack | instruments |\n|---|---|---|\n");
	for (size_t i = 0; i < r->n; i++) {
		const struct pack *p = r->packs[i];
		char from[DAY_TEXT], to[DAY_TEXT];
		(void)printf("| %s – %s | `%s`%s | %s |\n", day_equal(p->valid.from, DAY_FIRST) ? "" : day_iso(p->valid.from, from),
			day_equal(p->valid.to, DAY_LAST) ? "" : day_iso(p->valid.to, to), p->id, p->verified ? "" : " **?**", p->title.en);
	}
}

static const struct {
	const char *prefix, *title;
} sections[] = {
	{ "1.1-", "States" }, { "1.2-", "Conditions of entry" }, { "1.3-", "Introducers and helpers" },
	{ "1.4-", "Application, CV, verification" }, { "1.5-", "Opinions" }, { "1.6-", "Votes" }, { "1.7-", "Who decides" },
	{ "T", "Clocks" }, { "1.9-", "What is done again" }, { "1.10-", "Which organisation handles whom" },
	{ "1.11-", "Probation and recognition" }, { "1.12-", "Striking off" }, { "1.13-", "Admission again" },
	{ "2.2-", "Values by legal period" },
};

static const char *section_of(const char *row)
{
	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
		if (strncmp(row, sections[i].prefix, strlen(sections[i].prefix)) == 0)
			return sections[i].title;
	return "Other";
}

static void print_section(const struct rules *r, const char *title)
{
	(void)printf("\n## %s\n\n| row | rule |", title);
	for (size_t i = 0; i < r->n; i++)
		(void)printf(" %s |", r->packs[i]->id);
	(void)printf(" where | tests |\n|---|---|");
	for (size_t i = 0; i < r->n; i++)
		(void)printf("---|");
	(void)printf("---|---|\n");
}

static const char *cell(struct cli *c, const struct pack *p, const char *key)
{
	struct rules_row row;
	if (!rules_row_find(p, key, &c->arena, &row))
		return "–";
	const char *text = rules_row_text(&row, LANG_EN, &c->arena);
	return arena_printf(&c->arena, "%s%s%s%s", text, *text ? " · " : "", *row.cite, row.verified ? "" : " **?**");
}

static void print_values(struct cli *c, const struct rules *r, const struct catalogue_row *e)
{
	for (size_t i = 0; i < r->n; i++) {
		(void)printf(" ");
		for (size_t j = 0; j < e->packs.n; j++) {
			const char *now = cell(c, r->packs[i], e->packs.v[j]);
			bool same = i > 0 && strcmp(now, cell(c, r->packs[i - 1], e->packs.v[j])) == 0;
			(void)printf("%s`%s` %s", j ? "<br>" : "", e->packs.v[j], same ? "=" : now);
		}
		(void)printf(" |");
	}
}

static void print_list(const struct words *w, const char *more)
{
	for (size_t i = 0; i < w->n; i++)
		(void)printf("%s`%s`", i || *more ? "<br>" : "", w->v[i]);
}

static void print_entry(struct cli *c, const struct rules *r, const struct catalogue_row *e)
{
	(void)printf("| %s | %s |", e->row, e->rule);
	print_values(c, r, e);
	(void)printf(" %s", e->left_out ? "left out: " : e->packs.n ? "`rules/*.yaml`" : "");
	(void)printf("%s", e->left_out ? e->left_out : "");
	print_list(&e->code, e->packs.n ? "rules" : "");
	(void)printf(" | ");
	print_list(&e->tests, "");
	(void)printf(" |\n");
}

enum err cmd_rules_table(struct cli *c, struct fault *f)
{
	const struct rules *r;
	const struct calendar *calendar;
	struct catalogue k;
	char count[16];
	const char *section = "";
	TRY(cli_words(c, 2, 2, f));
	TRY(cli_rules(c, &r, &calendar, f));
	TRY(read_catalogue(c, c->args[1], &k, f));
	print_head(c, r);
	for (size_t i = 0; i < k.n; i++) {
		if (strcmp(section_of(k.v[i].row), section) != 0)
			print_section(r, section_of(k.v[i].row));
		section = section_of(k.v[i].row);
		print_entry(c, r, &k.v[i]);
	}
	int wrong = complain(c, &k, r);
	(void)snprintf(count, sizeof count, "%d", wrong);
	return wrong ? FAULT(f, E_INVALID, NULL, MSG_CLI_CATALOGUE, k.file, count) : OK;
}
