#include "web/page_dashboard.h"

#include "base/json.h"
#include "web/words.h"

static void targets_json(struct json *j, const struct board *b)
{
	json_key(j, "targets");
	json_array(j);
	for (size_t i = 0; i < b->targets_n; i++) {
		const struct board_target *t = &b->targets[i];
		json_object(j);
		json_put_string(j, "indicator", t->indicator->key);
		json_put_string(j, "label", t->label);
		json_put_string(j, "title", t->title);
		json_put_string(j, "kind", t->target ? t->target->kind : NULL);
		json_put_int(j, "value", t->value);
		json_put_string(j, "wanted", t->target ? t->wanted : NULL);
		json_put_string(j, "percent", t->percent);
		json_put_string(j, "pace", t->pace);
		json_put_string(j, "points", t->points);
		json_put_string(j, "status", board_status_key(t->status));
		json_put_string(j, "note", t->note);
		json_object_end(j);
	}
	json_array_end(j);
}

static void pipeline_json(struct json *j, const struct dashboard_view *view)
{
	json_key(j, "pipeline");
	json_array(j);
	for (size_t i = 0; i < view->board.pipeline_n; i++) {
		const struct roll_count *c = view->steps[i].row;
		json_object(j);
		json_put_string(j, "state", c->state);
		json_put_string(j, "label", view->steps[i].label);
		json_put_string(j, "phase", word_phase_key(c->phase));
		json_put_int(j, "n", c->n);
		json_put_int(j, "late", c->late);
		json_object_end(j);
	}
	json_array_end(j);
}

static void work_json(struct json *j, const char *key, const struct dashboard_work *v, const struct due_row *rows, size_t n)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < n; i++) {
		json_object(j);
		json_key(j, "person");
		if (v[i].name)
			json_int(j, rows[i].person->id.v);
		else
			json_null(j);
		json_put_string(j, "name", v[i].name);
		json_put_string(j, "unit", v[i].unit_code);
		json_put_int(j, "days", v[i].days);
		json_key(j, "clock");
		clock_line_json(j, &v[i].clock);
		json_object_end(j);
	}
	json_array_end(j);
}

static void months_json(struct json *j, const struct board *b)
{
	json_put_int(j, "year", b->year);
	json_key(j, "months");
	json_array(j);
	for (size_t i = 0; i < BOARD_MONTHS; i++) {
		json_object(j);
		json_put_int(j, "month", b->months[i].month);
		json_key(j, "now");
		if (b->months[i].ahead)
			json_null(j);
		else
			json_int(j, b->months[i].now);
		json_put_int(j, "before", b->months[i].before);
		json_object_end(j);
	}
	json_array_end(j);
}

static void children_json(struct json *j, const struct dashboard_view *view)
{
	json_key(j, "children");
	json_array(j);
	for (size_t i = 0; i < view->board.children_n; i++) {
		const struct board_child *c = view->children[i].row;
		json_object(j);
		json_put_string(j, "code", c->unit->code);
		json_put_string(j, "name", c->name);
		json_put_int(j, "admitted", c->admitted);
		json_put_string(j, "wanted", c->target ? c->wanted : NULL);
		json_put_string(j, "percent", c->percent);
		json_put_int(j, "late", c->late);
		json_put_int(j, "open", c->open);
		json_put_bool(j, "closed", c->closed);
		json_object_end(j);
	}
	json_array_end(j);
	json_put_int(j, "children_admitted", view->board.children_admitted);
	json_put_int(j, "own_admitted", view->board.own_admitted);
}

void dashboard_json(struct json *j, const struct dashboard_view *view)
{
	const struct board *b = &view->board;
	json_object(j);
	json_put_string(j, "unit", view->code);
	json_put_string(j, "name", view->name);
	json_put_string(j, "kind", unit_kind(b->unit, b->on));
	json_put_string(j, "period", view->period_text);
	json_put_day(j, "as_of", b->as_of);
	json_put_day(j, "on", b->on);
	json_put_day(j, "today", b->today);
	json_put_int(j, "admitted", b->admitted);
	json_put_int(j, "admitted_before", b->admitted_before);
	json_put_int(j, "members", b->members);
	targets_json(j, b);
	pipeline_json(j, view);
	json_put_int(j, "late_total", (int64_t)b->late_total);
	json_put_int(j, "due_total", (int64_t)b->due_total);
	work_json(j, "late", view->late, b->late, b->late_n);
	work_json(j, "due", view->due, b->due, b->due_n);
	months_json(j, b);
	children_json(j, view);
	json_object_end(j);
}
