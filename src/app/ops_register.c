/* Classes and targets. */
#include "app/ops_impl.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <inttypes.h>
#include <string.h>

/* ---- class_open ---- */

enum err ops_class(struct app *app, const char *code, struct arena *a, struct class_id *ret, struct fault *f)
{
	struct class_by_code_row row;
	bool found;
	TRY(q_class_by_code(app->db, code, a, &found, &row, f));
	if (!found)
		return FAULT(f, E_NOTFOUND, "class_code", MSG_CLASS_UNKNOWN, code);
	*ret = row.id;
	return OK;
}

static enum err class_differs(const char *code, const char *field, const char *old, const char *new, struct fault *f)
{
	return FAULT(f, E_CONFLICT, field, MSG_CLASS_DIFFERS, code, old, new);
}

static enum err same_class(const struct class_by_code_row *row, const struct class_open_in *in, struct unit_id unit, struct arena *a,
	struct fault *f)
{
	if (!ID_EQUAL(row->unit_id, unit))
		return class_differs(in->code, "unit", "–", in->unit, f);
	if (strcmp(row->name, in->name) != 0)
		return class_differs(in->code, "name", row->name, in->name, f);
	if (strcmp(row->kind, in->kind) != 0)
		return class_differs(in->code, "kind", row->kind, in->kind, f);
	if (!day_equal(row->from_on, in->from))
		return class_differs(in->code, "from", ops_day_text(row->from_on, a), ops_day_text(in->from, a), f);
	if (!day_equal(row->to_on, in->to))
		return class_differs(in->code, "to", ops_day_text(row->to_on, a), ops_day_text(in->to, a), f);
	return OK;
}

enum err ops_class_open_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	(void)w;
	const struct class_open_in *in = input;
	struct class_by_code_row row;
	struct unit *u;
	bool found;
	TRY(q_class_by_code(app->db, in->code, a, &found, &row, f));
	if (day_before(in->to, in->from))
		return FAULT(f, E_INVALID, "to", MSG_CLASS_BACKWARDS, ops_day_text(in->to, a), ops_day_text(in->from, a));
	TRY(ops_open_unit(app, in->unit, "unit", in->from, &u, f));
	return found ? same_class(&row, in, u->id, a, f) : OK;
}

enum err ops_class_open(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	const struct class_open_in *in = input;
	struct class_by_code_row row;
	struct unit *u;
	TRY(q_class_by_code(app->db, in->code, a, &ret->unchanged, &row, f));
	if (ret->unchanged) {
		ret->entity_id = row.id.v;
		return OK;
	}
	TRY(app_unit(app, in->unit, "unit", &u, f));
	struct class_id id = { app->next_id[NEXT_CLASS]++ };
	ret->entity_id = id.v;
	return q_class_insert(app->db, id, in->code, u->id, in->kind, in->name, in->from, in->to, entry, f);
}

/* ---- target_set ---- */

static const char *indicator_keys(struct arena *a)
{
	struct text t = TEXT(a);
	size_t n;
	const struct indicator *all = indicators(&n);
	for (size_t i = 0; i < n; i++)
		text_addf(&t, "%s%s", i ? ", " : "", all[i].key);
	return text_str(&t);
}

static const struct indicator *indicator_meant(const char *text, struct arena *a)
{
	size_t n;
	const struct indicator *all = indicators(&n);
	const char *folded = vi_fold(a, text);
	for (size_t i = 0; i < n; i++)
		if (strcmp(all[i].key, text) == 0 || strcmp(vi_fold(a, all[i].label.vi), folded) == 0 || strcmp(vi_fold(a,
			all[i].label.en), folded) == 0)
			return &all[i];
	return NULL;
}

enum err ops_target_set_tidy(struct app *app, void *input, struct arena *a, struct fault *f)
{
	(void)app;
	struct target_set_in *in = input;
	const char *text = in->indicator ? in->indicator : "admitted";
	const struct indicator *i = indicator_find(text);
	if (!i)
		i = indicator_meant(text, a);
	if (!i)
		return FAULT(f, E_INVALID, "indicator", MSG_INDICATOR_UNKNOWN, text, indicator_keys(a));
	in->indicator = i->key;
	if (in->at_least < 0)
		in->at_least = 0;
	return OK;
}

static const char *milli_text(int64_t v, struct arena *a)
{
	char *s = arena_printf(a, "%" PRId64 ",%03" PRId64, v / TARGET_MILLI, v % TARGET_MILLI);
	size_t n = strlen(s);
	while (s[n - 1] == '0')
		s[--n] = '\0';
	if (s[n - 1] == ',')
		s[n - 1] = '\0';
	return s;
}

static enum err check_number(const struct indicator *i, const char *field, int64_t v, struct arena *a, struct fault *f)
{
	if (v < 0)
		return OK;
	if (indicator_is_rate(i) && v > 100 * TARGET_MILLI)
		return FAULT(f, E_INVALID, field, MSG_TARGET_RATE, milli_text(v, a));
	if (!indicator_is_rate(i) && v % TARGET_MILLI)
		return FAULT(f, E_INVALID, field, MSG_TARGET_WHOLE, milli_text(v, a));
	return OK;
}

/* A unit may have a target for a year in which it opened or closed. */
static enum err check_open_in(struct app *app, const struct target_set_in *in, struct fault *f)
{
	struct unit *u;
	TRY(app_unit(app, in->unit, "unit", &u, f));
	if (unit_is_open(u, in->period.from) || unit_is_open(u, in->period.to))
		return OK;
	return ops_open_unit(app, in->unit, "unit", in->period.to, &u, f);
}

static enum err current(struct app *app, const struct target_set_in *in, struct arena *a, struct unit **ret_unit, bool *ret_found,
	struct target_current_row *ret, struct fault *f)
{
	TRY(app_unit(app, in->unit, "unit", ret_unit, f));
	return q_target_current(app->db, (*ret_unit)->id, in->indicator, in->kind, in->period.from, in->period.to, a, ret_found, ret, f);
}

static int64_t or_none(int64_t v)
{
	return v < 0 ? ABSENT_INT : v;
}

static bool same_target(const struct target_current_row *row, const struct target_set_in *in)
{
	return row->low_milli == in->low && row->high_milli == or_none(in->high) && row->at_least == (in->at_least == 1) &&
		day_equal(row->decided_on, in->decided) && text_equal(row->paper_no, in->paper_no);
}

enum err ops_target_set_check(struct app *app, const void *input, struct arena *a, struct warnings *w, struct fault *f)
{
	const struct target_set_in *in = input;
	const struct indicator *i = indicator_find(in->indicator);
	struct target_current_row row;
	struct unit *u;
	bool found;
	TRY(check_number(i, "low", in->low, a, f));
	TRY(check_number(i, "high", in->high, a, f));
	if (in->high >= 0 && in->high < in->low)
		return FAULT(f, E_INVALID, "high", MSG_TARGET_BACKWARDS, milli_text(in->high, a), milli_text(in->low, a));
	TRY(check_open_in(app, in, f));
	TRY(current(app, in, a, &u, &found, &row, f));
	if (found && (row.low_milli != in->low || row.high_milli != or_none(in->high)))
		WARN(a, w, "low", MSG_TARGET_REPLACES, milli_text(in->low, a), milli_text(row.low_milli, a));
	return OK;
}

enum err ops_target_set(struct app *app, const void *input, struct entry_id entry, struct arena *a, struct op_result *ret, struct fault *f)
{
	const struct target_set_in *in = input;
	struct target_current_row row;
	struct unit *u;
	bool found;
	TRY(current(app, in, a, &u, &found, &row, f));
	struct target_id replaces = found ? row.id : (struct target_id){ 0 };
	ret->entity_id = replaces.v;
	ret->unchanged = found && same_target(&row, in);
	if (ret->unchanged)
		return OK;
	struct target_id id = { app->next_id[NEXT_TARGET]++ };
	ret->entity_id = id.v;
	return q_target_insert(app->db, id, u->id, in->indicator, in->kind, in->period.from, in->period.to, in->low, or_none(in->high),
		in->at_least == 1, in->decided, in->paper_no, replaces, ABSENT_INT, entry, f);
}
