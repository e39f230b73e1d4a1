#include "web/page_dashboard.h"

#include "web/view_json.h"
#include "web/words.h"

static void targets_json(struct json *j, const struct board *b)
{
	json_key(j, "targets");
	json_array(j);
	for (size_t i = 0; i < b->targets_n; i++) {
		const struct board_target *t = &b->targets[i];
		json_object(j);
		put_text(j, "indicator", t->indicator->key);
		put_text(j, "label", t->label);
		put_text(j, "title", t->title);
		put_text(j, "kind", t->target ? t->target->kind : NULL);
		put_int(j, "value", t->value);
		put_text(j, "wanted", t->target ? t->wanted : NULL);
		put_text(j, "percent", t->percent);
		put_text(j, "pace", t->pace);
		put_text(j, "points", t->points);
		put_text(j, "status", board_status_key(t->status));
		put_text(j, "note", t->note);
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
		put_text(j, "state", c->state);
		put_text(j, "label", view->steps[i].label);
		put_text(j, "phase", word_phase_key(c->phase));
		put_int(j, "n", c->n);
		put_int(j, "late", c->late);
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
		put_text(j, "name", v[i].name);
		put_text(j, "unit", v[i].unit_code);
		put_int(j, "days", v[i].days);
		json_key(j, "clock");
		clock_line_json(j, &v[i].clock);
		json_object_end(j);
	}
	json_array_end(j);
}

static void months_json(struct json *j, const struct board *b)
{
	put_int(j, "year", b->year);
	json_key(j, "months");
	json_array(j);
	for (size_t i = 0; i < BOARD_MONTHS; i++) {
		json_object(j);
		put_int(j, "month", b->months[i].month);
		json_key(j, "now");
		if (b->months[i].ahead)
			json_null(j);
		else
			json_int(j, b->months[i].now);
		put_int(j, "before", b->months[i].before);
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
		put_text(j, "code", c->unit->code);
		put_text(j, "name", c->name);
		put_int(j, "admitted", c->admitted);
		put_text(j, "wanted", c->target ? c->wanted : NULL);
		put_text(j, "percent", c->percent);
		put_int(j, "late", c->late);
		put_int(j, "open", c->open);
		put_bool(j, "closed", c->closed);
		json_object_end(j);
	}
	json_array_end(j);
	put_int(j, "children_admitted", view->board.children_admitted);
	put_int(j, "own_admitted", view->board.own_admitted);
}

void dashboard_json(struct json *j, const struct dashboard_view *view)
{
	const struct board *b = &view->board;
	json_object(j);
	put_text(j, "unit", view->code);
	put_text(j, "name", view->name);
	put_text(j, "kind", unit_kind(b->unit, b->on));
	put_text(j, "period", view->period_text);
	put_day(j, "as_of", b->as_of);
	put_day(j, "on", b->on);
	put_day(j, "today", b->today);
	put_int(j, "admitted", b->admitted);
	put_int(j, "admitted_before", b->admitted_before);
	put_int(j, "members", b->members);
	targets_json(j, b);
	pipeline_json(j, view);
	put_int(j, "late_total", (int64_t)b->late_total);
	put_int(j, "due_total", (int64_t)b->due_total);
	work_json(j, "late", view->late, b->late, b->late_n);
	work_json(j, "due", view->due, b->due, b->due_n);
	months_json(j, b);
	children_json(j, view);
	json_object_end(j);
}
