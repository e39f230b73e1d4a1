/* nguon unit show CODE: name, kind, place in the tree, what hangs below, and every fact. Reorganisations: cmd_unit_reorg.c. */
#include "cli/cli.h"
#include "store/queries.gen.h"

#include <inttypes.h>
#include <string.h>

struct view {
	const struct unit *unit, *parent;
	struct unit **children;
	size_t children_n;
	int64_t people;
};

static const char *kind_label(const struct cli *c, const char *kind)
{
	static const struct {
		const char *kind, *vi, *en;
	} labels[] = {
		{ UNIT_OPEN, "Thành lập", "Opened" }, { UNIT_CLOSE, "Kết thúc hoạt động", "Closed" }, { UNIT_NAME, "Tên", "Name" },
		{ UNIT_KIND, "Loại", "Kind" }, { UNIT_PARENT, "Cấp trên trực tiếp", "Parent" }, { UNIT_SECTOR, "Loại hình", "Sector" },
		{ UNIT_AUTHORISED, "Ủy quyền kết nạp", "May decide admissions" }, { UNIT_PLAN, "Có kế hoạch năm", "Plan for the year" },
	};
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].kind, kind) == 0)
			return cli_text(c, labels[i].vi, labels[i].en);
	return kind;
}

static const char *fact_value(struct cli *c, const struct unit_fact *x)
{
	const struct unit *ref = tree_find(&c->app.tree, x->ref);
	if (strcmp(x->kind, UNIT_KIND) == 0)
		return code_label(CODES_UNIT_KIND, x->value, c->lang);
	if (strcmp(x->kind, UNIT_SECTOR) == 0)
		return code_label(CODES_SECTOR, x->value, c->lang);
	if (strcmp(x->kind, UNIT_AUTHORISED) == 0)
		return code_label(CODES_YES_NO, x->value, c->lang);
	if (ref)
		return arena_printf(&c->arena, "%s %s", ref->code, unit_name(ref, x->from));
	return x->value ? x->value : "";
}

static void show_text(struct cli *c, const struct view *v)
{
	struct day today = c->app.today;
	(void)printf("%s  %s\n", v->unit->code, unit_name(v->unit, today));
	(void)printf("  %s %s\n", cli_pad(c, cli_text(c, "Loại", "Kind"), 20),
		code_label(CODES_UNIT_KIND, unit_kind(v->unit, today), c->lang));
	if (v->parent)
		(void)printf("  %s %s  %s\n", cli_pad(c, cli_text(c, "Cấp trên", "Parent"), 20), v->parent->code, unit_name(v->parent, today));
	(void)printf("  %s %s – %s\n", cli_pad(c, cli_text(c, "Hoạt động", "Open"), 20), cli_day(c, unit_opened(v->unit)),
		cli_day(c, unit_closed(v->unit)));
	(void)printf("  %s %" PRId64 "\n", cli_pad(c, cli_text(c, "Số người trong sổ", "People on record"), 20), v->people);
	for (size_t i = 0; i < v->children_n; i++)
		(void)printf("    %-20s %s\n", v->children[i]->code, unit_name(v->children[i], today));
	cli_say(c, cli_text(c, "Quá trình", "History"));
	for (size_t i = 0; i < v->unit->n; i++) {
		const struct unit_fact *x = &v->unit->facts[i];
		(void)printf("  %3d  %s %s %s%s%s\n", x->seq, cli_pad(c, cli_day(c, x->from), 12), cli_pad(c, kind_label(c, x->kind), 20),
			fact_value(c, x),
			x->paper_no ? "  " : "", x->paper_no ? x->paper_no : "");
	}
}

static void facts_json(struct cli *c, struct json *j, const struct unit *u)
{
	json_key(j, "facts");
	json_array(j);
	for (size_t i = 0; i < u->n; i++) {
		const struct unit *ref = tree_find(&c->app.tree, u->facts[i].ref);
		json_object(j);
		json_put_int(j, "seq", u->facts[i].seq);
		json_put_string(j, "kind", u->facts[i].kind);
		json_put_day(j, "from", u->facts[i].from);
		json_put_string(j, "value", ref ? ref->code : u->facts[i].value);
		json_put_string(j, "paper_no", u->facts[i].paper_no);
		json_object_end(j);
	}
	json_array_end(j);
}

static void show_json(struct cli *c, const struct view *v)
{
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "code", v->unit->code);
	json_put_string(&j, "name", unit_name(v->unit, c->app.today));
	json_put_string(&j, "kind", unit_kind(v->unit, c->app.today));
	json_put_string(&j, "parent", v->parent ? v->parent->code : NULL);
	json_put_day(&j, "opened", unit_opened(v->unit));
	json_put_day(&j, "closed", unit_closed(v->unit));
	json_put_int(&j, "people", v->people);
	json_key(&j, "children");
	json_array(&j);
	for (size_t i = 0; i < v->children_n; i++)
		json_string(&j, v->children[i]->code);
	json_array_end(&j);
	facts_json(c, &j, v->unit);
	json_object_end(&j);
	cli_json(&t);
}

static enum err look(struct cli *c, const char *code, struct view *ret, struct fault *f)
{
	struct unit_people_row row;
	struct unit *u;
	bool found;
	TRY(app_unit(&c->app, code, NULL, &u, f));
	TRY(q_unit_people(c->app.db, u->id, &c->arena, &found, &row, f));
	ret->unit = u;
	ret->parent = tree_find(&c->app.tree, unit_parent(u, c->app.today));
	ret->children = tree_children(&c->app.tree, u->id, c->app.today, &c->arena, &ret->children_n);
	ret->people = row.people;
	return OK;
}

static enum err show(struct cli *c, struct fault *f)
{
	struct view v = { 0 };
	TRY(cli_words(c, 2, 2, f));
	TRY(cli_open(c, APP_READ, f));
	TRY(look(c, c->args[1], &v, f));
	if (c->json)
		show_json(c, &v);
	else
		show_text(c, &v);
	return OK;
}

enum err cmd_unit(struct cli *c, struct fault *f)
{
	static const struct {
		const char *word;
		enum err (*run)(struct cli *c, struct fault *f);
	} words[] = {
		{ "show", show }, { "reorganise", cmd_unit_reorganise }, { "undo", cmd_unit_undo }, { "reorganisations", cmd_unit_reorgs },
	};
	TRY(cli_words(c, 1, 2, f));
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(c->args[0], words[i].word) == 0)
			return words[i].run(c, f);
	return cli_words(c, 99, 99, f);
}
