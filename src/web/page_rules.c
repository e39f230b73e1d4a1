#include "web/page_rules.h"

#include "app/site_rules.h"
#include "base/json.h"
#include "web/why_view.h"
#include "web/words.h"

#include <string.h>

static struct day open_end(struct day to)
{
	return day_equal(to, DAY_LAST) ? DAY_NONE : to;
}

static void load_packs(const struct visit *v, struct rules_view *ret)
{
	const struct rules *r = &v->app->rule_files;
	const struct pack *now = rules_at(r, v->today);
	ret->packs_n = r->n;
	ret->packs = arena_array(v->a, struct rules_pack, r->n);
	for (size_t i = 0; i < r->n; i++) {
		const struct pack *p = r->packs[i];
		ret->packs[i] = (struct rules_pack){ p->id, label_of(p->title, v->lang), p->valid.from, open_end(p->valid.to), p->verified,
			p == now };
		ret->has_unverified |= !p->verified;
	}
}

/* ---- rows side by side ---- */

static const char *step_label(const struct visit *v, const char *key)
{
	return word_fact_kind(&v->app->rules, key, v->lang);
}

static const char *place(const struct visit *v, const struct rules_row *row)
{
	return row->kind == ROW_CHECK ? step_label(v, ((const struct check *)row->object)->at) :
		row->kind == ROW_PAPER ? step_label(v, ((const struct paper_row *)row->object)->at) : NULL;
}

static void fill_cells(const struct visit *v, struct rules_view *view, struct rules_line *line)
{
	const struct rules *r = &v->app->rule_files;
	struct rules_row row;
	line->cells = arena_array(v->a, struct rules_cell, r->n);
	for (size_t i = 0; i < r->n; i++) {
		struct rules_cell *c = &line->cells[i], *before = i ? &line->cells[i - 1] : NULL;
		if (!rules_row_find(r->packs[i], line->key, v->a, &row))
			continue;
		*c = (struct rules_cell){ true, false, rules_row_text(&row, v->lang, v->a), *row.cite, row.verified };
		c->same = before && before->has && before->verified == c->verified && strcmp(before->text, c->text) == 0 &&
			strcmp(before->cite, c->cite) == 0;
		view->has_unverified |= !c->verified;
	}
	const struct pack *now = rules_at(&v->app->rules, v->today);
	if (rules_row_find(now, line->key, v->a, &row) && row.site)
		line->site = why_site_text(*row.site, v->lang, v->a);
}

static bool is_there(const struct rules_table *t, const char *key)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i].key, key) == 0)
			return true;
	return false;
}

/* To the first of its values that may be the site's own. */
static struct url set_link(const struct visit *v, const struct rules_view *ret, const char *row)
{
	size_t n, len = strlen(row);
	const char *const *keys = rules_keys(rules_at(&v->app->rules, v->today), v->a, &n);
	for (size_t i = 0; ret->may_set && i < n; i++)
		if (strncmp(keys[i], row, len) == 0 && keys[i][len] == '.')
			return url(v->a, "/ops/rule_set?key=%&back=/rules", keys[i]);
	return (struct url){ NULL };
}

/* The rows of all packs, each once, in the order of the newest pack that has it. */
static void load_rows(const struct visit *v, struct rules_view *ret)
{
	const struct rules *r = &v->app->rule_files;
	size_t cap[ROW__KINDS] = { 0 };
	for (size_t i = r->n; i-- > 0;) {
		size_t n;
		const struct rules_row *rows = rules_rows(r->packs[i], v->a, &n);
		for (const struct rules_row *row = rows; row < rows + n; row++) {
			struct rules_table *t = &ret->tables[row->kind];
			if (is_there(t, row->key))
				continue;
			struct rules_line *line = arena_push(v->a, t->v, t->n, cap[row->kind]);
			*line = (struct rules_line){ .key = row->key, .label = word_rules_row(row, v->lang, v->a),
					.place = place(v, row), .set = set_link(v, ret, row->key) };
			fill_cells(v, ret, line);
		}
	}
}

/* ---- the site's own values ---- */

static bool is_known(const struct visit *v, const char *key)
{
	for (size_t i = 0; i < v->app->rule_files.n; i++)
		if (rules_value(v->app->rule_files.packs[i], key, v->a))
			return true;
	return false;
}

static enum err load_own(struct visit *v, struct rules_view *ret, struct fault *f)
{
	struct site_value *values;
	size_t n;
	TRY(site_rules_values(v->app, v->a, &values, &n, f));
	ret->own = arena_array(v->a, struct rules_own, n);
	ret->own_n = n;
	for (size_t i = 0; i < n; i++) {
		const struct site_value *x = &values[n - 1 - i];
		ret->own[i] = (struct rules_own){ .id = x->id, .key = x->key, .value = rules_value_text(x->key, x->value, v->lang, v->a),
			.reason = x->reason, .paper_no = x->paper_no, .from = x->valid.from, .to = open_end(x->valid.to),
			.never = day_before(x->valid.to, x->valid.from), .now = period_has(x->valid, v->today), .known = is_known(v, x->key) };
		if (ret->may_set && !ret->own[i].never)
			ret->own[i].end = url(v->a, "/ops/rule_end?number=%&back=/rules", id_text(v->a, x->id));
	}
	return OK;
}

static enum err rules_load(struct visit *v, struct rules_view *ret, struct fault *f)
{
	const struct {
		const char *id, *title;
	} tables[ROW__KINDS] = {
		[ROW_CLOCK] = { "clocks", SAY(v, "Thời hạn", "Time limits") }, [ROW_STEP] = { "steps", SAY(v, "Các bước", "Steps") },
		[ROW_CHECK] = { "checks", SAY(v, "Điều kiện", "Conditions") },
		[ROW_BODY] = { "bodies", SAY(v, "Ai biểu quyết, ai quyết định", "Who votes and who decides") },
		[ROW_PAPER] = { "papers", SAY(v, "Giấy tờ", "Papers") },
	};
	for (size_t i = 0; i < ROW__KINDS; i++) {
		ret->tables[i].id = tables[i].id;
		ret->tables[i].title = tables[i].title;
	}
	ret->may_set = visit_may(v, PERM_RULES, (struct unit_id){ 0 });
	ret->set = url(v->a, "/ops/rule_set");
	load_packs(v, ret);
	load_rows(v, ret);
	return load_own(v, ret, f);
}

/* ---- as JSON ---- */

static void line_json(struct json *j, const struct rules_view *v, const struct rules_line *line)
{
	json_object(j);
	json_put_string(j, "row", line->key);
	json_put_string(j, "label", line->label);
	json_key(j, "values");
	json_array(j);
	for (size_t i = 0; i < v->packs_n; i++) {
		if (!line->cells[i].has)
			continue;
		json_object(j);
		json_put_string(j, "pack", v->packs[i].id);
		json_put_string(j, "text", line->cells[i].text);
		json_put_string(j, "rule", line->cells[i].cite);
		json_put_bool(j, "verified", line->cells[i].verified);
		json_object_end(j);
	}
	json_array_end(j);
	json_put_string(j, "site", line->site);
	json_object_end(j);
}

static void own_json(struct json *j, const struct rules_own *x)
{
	json_object(j);
	json_put_int(j, "number", x->id);
	json_put_string(j, "key", x->key);
	json_put_string(j, "value", x->value);
	json_put_day(j, "from", x->from);
	json_put_day(j, "to", x->to);
	json_put_string(j, "reason", x->reason);
	json_put_string(j, "paper_no", x->paper_no);
	json_object_end(j);
}

static void packs_json(struct json *j, const struct rules_view *v)
{
	json_key(j, "packs");
	json_array(j);
	for (const struct rules_pack *p = v->packs; p < v->packs + v->packs_n; p++) {
		json_object(j);
		json_put_string(j, "pack", p->id);
		json_put_string(j, "title", p->title);
		json_put_day(j, "from", p->from);
		json_put_day(j, "to", p->to);
		json_put_bool(j, "verified", p->verified);
		json_object_end(j);
	}
	json_array_end(j);
}

static void rules_json(struct json *j, const struct rules_view *v)
{
	json_object(j);
	packs_json(j, v);
	json_key(j, "rows");
	json_array(j);
	for (size_t t = 0; t < ROW__KINDS; t++)
		for (size_t i = 0; i < v->tables[t].n; i++)
			line_json(j, v, &v->tables[t].v[i]);
	json_array_end(j);
	json_key(j, "own");
	json_array(j);
	for (size_t i = 0; i < v->own_n; i++)
		own_json(j, &v->own[i]);
	json_array_end(j);
	json_object_end(j);
}

PAGE_THUNKS(rules)

const struct page rules_page = {
	.path = "/rules", .name = "rules", .vi = "Quy tắc", .en = "Rules", .of = PAGE_SOMEWHERE, .perm = PERM_SELF,
	.view_size = sizeof(struct rules_view), .load = rules_load_, .html = rules_html_, .json = rules_json_,
};
