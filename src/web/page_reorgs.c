#include "web/page_reorg.h"

#include <string.h>

/* "kết thúc A, B; thành lập C", by the names of the time. */
static const char *words_of(const struct visit *v, const struct reorg_item *x)
{
	struct text t = TEXT(v->a);
	const struct {
		const char *label;
		const struct unit **units;
		size_t n;
		struct day on;
	} parts[] = {
		{ SAY(v, "kết thúc", "closes"), x->closed, x->closed_n, day_add(x->on, -1) },
		{ SAY(v, "thành lập", "opens"), x->opened, x->opened_n, x->on },
		{ SAY(v, "thay đổi", "changes"), x->changed, x->closed_n + x->opened_n ? 0 : x->changed_n, x->on },
	};
	enum { SHOWN = 6 };
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
		size_t shown = parts[k].n < SHOWN ? parts[k].n : SHOWN;
		for (size_t i = 0; i < shown; i++)
			text_addf(&t, "%s%s%s", i ? ", " : t.n ? "; " : "", i ? "" : arena_printf(v->a, "%s ", parts[k].label),
				unit_name(parts[k].units[i], parts[k].on));
		if (parts[k].n > SHOWN)
			text_addf(&t, " … (%zu)", parts[k].n);
	}
	if (x->changed_n > 0 && t.n > 0 && parts[2].n == 0)
		text_addf(&t, "; %zu %s", x->changed_n, SAY(v, "tổ chức khác thay đổi theo", "other units change with them"));
	return text_str(&t);
}

static struct reorgs_row row_of(const struct visit *v, const struct reorg_item *x)
{
	struct reorgs_row r = { .item = x, .kind = code_label(CODES_REORG, x->kind, v->lang) };
	r.words = x->undoes ? arena_printf(v->a, "%s %s", SAY(v, "hủy lần sắp xếp số", "takes back reorganisation"), id_text(v->a, x->undoes)) :
		words_of(v, x);
	r.entry = url(v->a, "/journal?entry=%", id_text(v->a, x->entry.v));
	if (!x->undoes && !x->undone_by)
		r.undo = url(v->a, "/ops/reorganise_undo?reorg=%&back=/reorgs", id_text(v->a, x->id));
	return r;
}

static enum err reorgs_load(struct visit *v, struct reorgs_view *ret, struct fault *f)
{
	struct reorg_item *items;
	TRY(reorg_list(v->app, v->a, &items, &ret->n, f));
	struct reorgs_row *rows = arena_array(v->a, struct reorgs_row, ret->n);
	for (size_t i = 0; i < ret->n; i++)
		rows[i] = row_of(v, &items[i]);
	ret->rows = rows;
	ret->plan = url(v->a, "/reorgs/plan");
	return OK;
}

static void units_json(struct json *j, const char *key, const struct unit **v, size_t n)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < n; i++)
		json_string(j, v[i]->code);
	json_array_end(j);
}

static void id_or_null(struct json *j, const char *key, int64_t id)
{
	json_key(j, key);
	if (id)
		json_int(j, id);
	else
		json_null(j);
}

static void reorgs_json(struct json *j, const struct reorgs_view *v)
{
	json_array(j);
	for (size_t i = 0; i < v->n; i++) {
		const struct reorg_item *x = v->rows[i].item;
		json_object(j);
		json_put_int(j, "id", x->id);
		json_put_string(j, "kind", x->kind);
		json_put_day(j, "on", x->on);
		json_put_string(j, "paper_no", x->paper_no);
		id_or_null(j, "undoes", x->undoes);
		id_or_null(j, "undone_by", x->undone_by);
		units_json(j, "closed", x->closed, x->closed_n);
		units_json(j, "opened", x->opened, x->opened_n);
		json_object_end(j);
	}
	json_array_end(j);
}

PAGE_THUNKS(reorgs)

const struct page reorgs_page = { .path = "/reorgs", .name = "reorgs", .vi = "Sắp xếp tổ chức", .en = "Reorganisations",
	.of = PAGE_SOMEWHERE, .perm = PERM_UNIT_WRITE, .view_size = sizeof(struct reorgs_view), .load = reorgs_load_, .html = reorgs_html_,
	.json = reorgs_json_ };
