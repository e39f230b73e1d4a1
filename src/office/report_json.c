#include "base/json.h"
#include "office/report_write.h"

static void maybe_int(struct json *j, const char *key, bool there, int64_t v)
{
	json_key(j, key);
	if (there)
		json_int(j, v);
	else
		json_null(j);
}

static void maybe_number(struct json *j, const char *key, const char *decimal)
{
	json_key(j, key);
	if (decimal)
		json_number(j, decimal);
	else
		json_null(j);
}

static void add_string(struct json *j, const char *key, const char *s)
{
	json_put_string(j, key, s);
}

static void add_row(struct json *j, const struct report *r, const struct report_row *row)
{
	char percent[FIGURE_TEXT], points[FIGURE_TEXT];
	bool has_percent = row->has_ratio && row->denominator > 0, has_points = has_percent && row->has_points;
	json_object(j);
	add_string(j, "key", row->key);
	add_string(j, "label", row->label);
	maybe_int(j, "value", row->has_value, row->value);
	maybe_int(j, "numerator", row->has_ratio, row->numerator);
	maybe_int(j, "denominator", row->has_ratio, row->denominator);
	maybe_number(j, "percent", has_percent ? figure_percent(row->numerator, row->denominator, r->rounding, percent) : NULL);
	maybe_number(j, "points",
		has_points ? figure_points(row->numerator, row->denominator, row->pace_num, row->pace_den, r->rounding, points) : NULL);
	add_string(j, "qualifier", row->qualifier);
	json_put_day(j, "since", row->since);
	add_string(j, "note", row->note);
	json_object_end(j);
}

const char *report_json(const struct report *r, struct arena *a)
{
	struct text t = TEXT(a);
	struct json j = JSON(&t);
	json_object(&j);
	add_string(&j, "report", r->name);
	add_string(&j, "unit", r->unit_code);
	add_string(&j, "period", period_text(r->period, a));
	json_put_day(&j, "as_of", r->as_of);
	add_string(&j, "tree", r->today_tree ? "today" : "as_of");
	json_key(&j, "rows");
	json_array(&j);
	for (size_t i = 0; i < r->n; i++)
		add_row(&j, r, &r->rows[i]);
	json_array_end(&j);
	json_key(&j, "notes");
	json_array(&j);
	for (size_t i = 0; i < r->notes_n; i++)
		json_string(&j, r->notes[i]);
	json_array_end(&j);
	json_object_end(&j);
	return text_str(&t);
}
