#include "web/person_events.h"

#include "app/history.h"
#include "base/text.h"
#include "web/fact_text.h"
#include "web/view_json.h"
#include "web/words.h"

#include <stdlib.h>
#include <string.h>

static const char *login_of(const char *actor)
{
	const char *colon = actor ? strchr(actor, ':') : NULL;
	return colon ? colon + 1 : actor ? actor : "";
}

/* Facts that name another one take it out of force. */
static void mark_corrected(struct person_event *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; v[i].corrects && k < n; k++) {
			if (v[k].seq != v[i].corrects)
				continue;
			v[k].corrected_by = v[i].seq;
			v[k].withdrawn = v[i].withdraws;
		}
	}
}

static struct person_event event_of(struct visit *v, const struct fact *x, const struct history_stamp *stamp, bool whole)
{
	const struct unit *u = tree_find(&v->app->tree, x->unit);
	return (struct person_event){
		.seq = x->seq, .kind = x->kind, .label = word_fact_kind(&v->app->rules, x->kind, v->lang),
		.value = fact_text_value(v->app, x, whole, v->lang, v->a), .on = x->on, .unit_code = u ? u->code : "",
		.unit_name = u ? unit_name(u, day_known(x->on) ? x->on : v->today) : "–", .paper = fact_text_paper(x, v->lang, v->a),
		.vote = fact_text_vote(v->app, x, v->lang, v->a), .corrects = x->corrects, .withdraws = x->withdrawn,
		.entered_us = stamp->at_us, .entered_by = login_of(stamp->actor), .entry = x->entry.v,
	};
}

static int by_day_down(const void *x, const void *y)
{
	const struct person_event *a = x, *b = y;
	if (a->on.n != b->on.n)
		return a->on.n < b->on.n ? 1 : -1;
	return a->seq < b->seq ? 1 : -1;
}

static void add_others(struct visit *v, struct person_view *view)
{
	for (size_t i = 0; i < view->events_n; i++) {
		struct person_event *e = &view->events[i];
		int32_t seq = e->corrected_by ? e->corrected_by : e->corrects;
		if (seq)
			e->other = url(v->a, "/people/%#fact-%", id_text(v->a, view->id), id_text(v->a, seq));
	}
}

static void add_links(struct visit *v, struct person_view *view)
{
	for (size_t i = 0; view->may_write && i < view->events_n; i++) {
		struct person_event *e = &view->events[i];
		if (!e->corrected_by && !e->withdraws)
			e->correct = url(v->a, "/ops/fact_correct?person=%&seq=%", id_text(v->a, view->id), id_text(v->a, e->seq));
	}
}

/* What speaks of relatives, or of what was found out about somebody. */
static bool is_of_file(const struct fact *x)
{
	return text_listed(FACT_VERIFY_SENT "|" FACT_VERIFY_RECEIVED "|" FACT_VERIFY_REPLY "|" FACT_PAPER "|" FACT_SPECIAL "|"
		FACT_CONSENT "|" FACT_CONCLUSION, x->kind);
}

enum err person_events(struct visit *v, const struct facts *all, struct person_view *view, struct fault *f)
{
	static const struct history_stamp none;
	const bool file = visit_may(v, PERM_FILE, v->unit->id);
	struct history_stamp *stamps;
	size_t n;
	TRY(history_stamps(v->app, v->person, v->a, &stamps, &n, f));
	view->events = arena_array(v->a, struct person_event, all->n);
	for (size_t i = 0; i < all->n; i++) {
		if (!file && is_of_file(&all->v[i]))
			continue;
		const struct history_stamp *stamp = history_stamp_of(stamps, n, all->v[i].entry);
		view->events[view->events_n++] = event_of(v, &all->v[i], stamp ? stamp : &none, view->id_number_whole);
	}
	mark_corrected(view->events, view->events_n);
	add_others(v, view);
	add_links(v, view);
	qsort(view->events, view->events_n, sizeof *view->events, by_day_down);
	while (view->dated_n < view->events_n && day_known(view->events[view->dated_n].on))
		view->dated_n++;
	return OK;
}

static void put_number(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	if (v)
		json_int(j, v);
	else
		json_null(j);
}

void person_events_json(struct json *j, const struct person_view *view)
{
	json_key(j, "facts");
	json_array(j);
	for (size_t i = 0; i < view->events_n; i++) {
		const struct person_event *e = &view->events[i];
		json_object(j);
		json_put_int(j, "seq", e->seq);
		json_put_string(j, "kind", e->kind);
		json_put_string(j, "label", e->label);
		json_put_day(j, "on", e->on);
		json_put_string(j, "unit", e->unit_code);
		json_put_string(j, "value", e->value);
		json_put_string(j, "paper", e->paper);
		put_number(j, "corrects", e->corrects);
		json_put_bool(j, "withdrawn", e->withdrawn);
		put_number(j, "corrected_by", e->corrected_by);
		put_instant(j, "entered", e->entered_us);
		json_put_string(j, "entered_by", e->entered_by);
		json_put_int(j, "entry", e->entry);
		json_object_end(j);
	}
	json_array_end(j);
}
