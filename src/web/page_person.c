#include "web/page_person.h"

#include "web/fact_text.h"
#include "web/person_events.h"
#include "base/json.h"
#include "web/words.h"

#include <inttypes.h>
#include <string.h>

/* What the page is made from. */
struct source {
	struct visit *v;
	struct person_view *view;
	struct facts all, active;
	struct standing standing;
	struct unit *unit;
};

/* ---- the card ---- */

/* The political centre records classes and certificates, and nothing else of a person. */
static bool may_record(const struct source *s, const char *kind)
{
	bool of_class = strcmp(kind, "class") == 0 || strcmp(kind, "certificate") == 0;
	return s->view->may_write || (of_class && visit_may(s->v, PERM_CLASS_RESULT, s->unit->id));
}

static struct url record_link(const struct source *s, const char *kind)
{
	struct arena *a = s->v->a;
	if (!may_record(s, kind))
		return (struct url){ NULL };
	return url(a, "/ops/fact_record?person=%&kind=%", id_text(a, s->view->id), kind);
}

static struct url value_link(const struct source *s, const char *kind, const char *value)
{
	struct arena *a = s->v->a;
	return url(a, "/ops/fact_record?person=%&kind=%&value=%", id_text(a, s->view->id), kind, value);
}

/* Names, birth and number stand at the head of the page. */
static bool is_of_head(const char *kind)
{
	static const char head[] = "name|birth|sex|id_number";
	return text_listed(head, kind);
}

static void load_attributes(struct source *s)
{
	struct visit *v = s->v;
	size_t n;
	const struct fact_kind *kinds = fact_kinds(&n);
	s->view->attributes = arena_array(v->a, struct person_attribute, n);
	for (size_t i = 0; i < n; i++) {
		if (kinds[i].family != FACT_ATTRIBUTE || is_of_head(kinds[i].key))
			continue;
		const char *value = facts_value(&s->active, kinds[i].key, v->today);
		s->view->attributes[s->view->attributes_n++] = (struct person_attribute){
			.kind = kinds[i].key, .label = SAY(s->v, kinds[i].vi, kinds[i].en), .key = value,
			.value = value ? code_label((enum code_table)kinds[i].codes, value, v->lang) : NULL,
			.change = record_link(s, kinds[i].key),
		};
	}
}

static void load_head(struct source *s)
{
	struct person_view *view = s->view;
	const struct visit *v = s->v;
	const char *birth = facts_value(&s->active, "birth", v->today), *number = facts_value(&s->active, "id_number", v->today);
	view->name = facts_value(&s->active, "name", v->today);
	view->name = view->name ? view->name : "–";
	view->sex = facts_value(&s->active, "sex", v->today);
	view->sex_label = view->sex ? code_label(CODES_SEX, view->sex, v->lang) : NULL;
	view->birth = DAY_NONE;
	view->age = -1;
	if (birth && day_parse(birth, "birth", &view->birth, NULL) == OK && view->birth.n <= v->today.n)
		view->age = day_months_between(view->birth, v->today) / 12;
	view->id_number_whole = view->may_write;
	if (number)
		view->id_number = view->may_write ? number : fact_text_hidden(number, v->a);
}

static void load_unit(struct source *s)
{
	const struct visit *v = s->v;
	const struct unit *above = tree_find(&v->app->tree, unit_parent(s->unit, v->today));
	s->view->unit_code = s->unit->code;
	s->view->unit_name = unit_name(s->unit, v->today);
	s->view->above_name = above ? unit_name(above, v->today) : NULL;
	s->view->votes_url = url(v->a, "/people/%/votes", id_text(v->a, v->person.v));
	s->view->unit_url = url(v->a, "/units/%/people", s->unit->code);
}

/* ---- where they stand ---- */

/* "2 năm 3 tháng", "12 ngày". */
static const char *for_long(const struct source *s, struct day since)
{
	struct day today = s->v->today;
	struct arena *a = s->v->a;
	if (!day_known(since) || since.n > today.n)
		return NULL;
	int32_t months = day_months_between(since, today), days = today.n - day_add_months(since, months).n;
	struct text t = TEXT(a);
	if (months >= 12)
		text_addf(&t, SAY(s->v, "%d năm ", "%d y "), months / 12);
	if (months % 12)
		text_addf(&t, SAY(s->v, "%d tháng ", "%d m "), months % 12);
	if (months < 12 && (days || !months))
		text_addf(&t, SAY(s->v, "%d ngày ", "%d d "), days);
	return arena_strndup(a, text_str(&t), t.n - 1);
}

/* What stands beside the chain is shown where it happened. */
static void load_steps(struct source *s)
{
	struct visit *v = s->v;
	size_t n = 0;
	s->view->steps = arena_array(v->a, struct person_step, s->standing.steps_n);
	for (size_t i = 0; i < s->standing.steps_n; i++) {
		const struct standing_step *x = &s->standing.steps[i];
		if (x->step->aside && !x->fact)
			continue;
		bool open = x->status == STEP_NEXT || x->status == STEP_FAILED || x->status == STEP_UNKNOWN;
		struct person_step *step = &s->view->steps[n++];
		*step = (struct person_step){
			.key = x->step->key, .label = label_of(x->step->label, v->lang), .cite = x->step->cite, .status = x->status,
			.is_next = x == s->standing.next, .on = x->on, .paper = x->fact ? fact_text_paper(x->fact, v->lang, v->a) : NULL,
			.vote = x->fact ? fact_text_vote(v->app, x->fact, v->lang, v->a) : NULL,
		};
		if (open && s->view->phase != PHASE_LEFT)
			step->record = record_link(s, x->step->key);
	}
	s->view->steps_n = n;
}

static int urgency(const struct clock_line *k)
{
	if (k->bad && !day_known(k->done))
		return 0;
	return k->status == CLOCK_RUNNING ? 1 : 2;
}

/* Late ones first, then those that run, each in the order of the rules. */
static void load_clocks(struct source *s)
{
	struct visit *v = s->v;
	struct person_view *view = s->view;
	view->clocks = arena_array(v->a, struct clock_line, s->standing.clocks_n);
	for (int wanted = 0; wanted <= 2; wanted++) {
		for (size_t i = 0; i < s->standing.clocks_n; i++) {
			struct clock_line k = clock_line(&s->standing.clocks[i], v->today, v->lang, v->a);
			if (urgency(&k) != wanted)
				continue;
			view->clocks[view->clocks_n++] = k;
			view->late_n += wanted == 0;
			view->running_n += wanted == 1;
		}
	}
}

/* They say what the rules found in the file. */
static void load_notes(struct source *s)
{
	if (!visit_may(s->v, PERM_FILE, s->unit->id))
		return;
	const struct warnings *w = &s->standing.notes;
	s->view->notes = arena_array(s->v->a, struct person_note, w->n);
	s->view->notes_n = w->n;
	for (size_t i = 0; i < w->n; i++)
		s->view->notes[i] = (struct person_note){ fault_text(&w->v[i], s->v->lang, s->v->a), arena_strdup(s->v->a, w->v[i].rule), false };
}

static void load_standing(struct source *s)
{
	struct person_view *view = s->view;
	const struct standing *now = &s->standing;
	enum lang lang = s->v->lang;
	view->phase = now->phase;
	view->phase_label = word_phase(now->phase, lang);
	view->state = now->state;
	view->state_label = now->phase == PHASE_NONE ? view->phase_label : label_of(now->state_label, lang);
	view->since = now->since;
	view->for_long = for_long(s, now->since);
	view->unverified = now->unverified;
	if (now->next) {
		view->next = now->next->step->key;
		view->next_label = label_of(now->next->step->label, lang);
		view->next_cite = now->next->step->cite;
	}
	load_steps(s);
	load_clocks(s);
	load_notes(s);
}

/* ---- what can be done ---- */

/* The next step as a form of the operation that records it. */
static enum err load_form(struct source *s, struct fault *f)
{
	struct visit *v = s->v;
	struct form given = { 0 };
	if (!s->view->next || !may_record(s, s->view->next))
		return OK;
	form_add(&given, v->a, "person", id_text(v->a, s->view->id));
	form_add(&given, v->a, "kind", s->view->next);
	form_add(&given, v->a, "back", arena_printf(v->a, "/people/%" PRId64, s->view->id));
	return opform_make(v, op_find("fact_record"), &given, NULL, &s->view->form, f);
}

static bool form_says(const struct opform *form, const char *text)
{
	for (size_t i = 0; i < form->notes_n; i++)
		if (strcmp(form->notes[i].text, text) == 0)
			return true;
	return false;
}

/* Nothing is said twice: what the form of the next step says is left to it. */
static void part_notes(struct person_view *view)
{
	for (size_t i = 0; i < view->notes_n; i++) {
		view->notes[i].in_form = form_says(&view->form, view->notes[i].text);
		view->beside_n += !view->notes[i].in_form;
	}
}

static void add_link(const struct source *s, struct person_links *l, const char *label, const char *help, struct url to)
{
	*arena_push(s->v->a, l->v, l->n, l->cap) = (struct person_link){ label, help, to };
}

/* A clock that still runs and may be extended, unless that was done. */
static void add_extensions(const struct source *s)
{
	struct arena *a = s->v->a;
	for (size_t i = 0; i < s->standing.clocks_n; i++) {
		const struct standing_clock *k = &s->standing.clocks[i];
		if (k->status != CLOCK_RUNNING || k->clock->extension <= 0 || k->due.n >= k->due_extended.n)
			continue;
		const char *label = arena_printf(a, SAY(s->v, "Gia hạn: %s", "Extend: %s"), label_of(k->clock->label, s->v->lang));
		const char *help = arena_printf(a, SAY(s->v, "đến hết ngày %s", "until %s"), word_day(k->due_extended, s->v->lang, a));
		add_link(s, &s->view->changes, label, help, value_link(s, FACT_EXTENDED, k->clock->key));
	}
}

/* A vote that failed: its full result goes to the committee above. */
static void add_reports(const struct source *s)
{
	struct arena *a = s->v->a;
	for (size_t i = 0; i < s->standing.steps_n; i++) {
		const struct standing_step *x = &s->standing.steps[i];
		if (x->status != STEP_FAILED || day_known(x->reported))
			continue;
		add_link(s, &s->view->changes, SAY(s->v, "Ghi báo cáo kết quả biểu quyết lên cấp trên", "Record the report of the failed vote"),
			label_of(x->step->label, s->v->lang), url(a, "/ops/fact_record?person=%&kind=%&about=%", id_text(a, s->view->id),
			FACT_VOTE_REPORTED, id_text(a, x->fact->seq)));
	}
}

/* The day of birth of a member is changed by two people. */
static bool birth_locked(const struct source *s)
{
	return facts_first(&s->active, "birth") && facts_entry(&s->active, DAY_NONE, DAY_LAST);
}

static struct url identity_link(const struct source *s, const char *kind)
{
	if (strcmp(kind, "birth") == 0 && birth_locked(s))
		return url(s->v->a, "/ops/birth_propose?person=%", id_text(s->v->a, s->view->id));
	return record_link(s, kind);
}

/* The same where a fact of the history is corrected. */
static void lock_birth(struct source *s)
{
	for (size_t i = 0; birth_locked(s) && i < s->view->events_n; i++)
		if (s->view->events[i].correct.s && strcmp(s->view->events[i].kind, "birth") == 0)
			s->view->events[i].correct = identity_link(s, "birth");
}

/* What the rules ask about, or ask to have written down, and no step records. */
static void add_records(const struct source *s)
{
	enum { CANDIDATE = 1 << PHASE_CANDIDATE, DECIDED = 1 << PHASE_DECIDED, MEMBER = 1 << PHASE_PROBATION | 1 << PHASE_OFFICIAL };
	static const struct {
		const char *kind;
		int phases;
	} rows[] = {
		{ "reviewed", CANDIDATE }, { FACT_SPECIAL, CANDIDATE | DECIDED }, { FACT_CONCLUSION, CANDIDATE },
		{ FACT_CONSENT, CANDIDATE | DECIDED }, { "discipline", MEMBER },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].phases & 1 << s->view->phase)
			add_link(s, &s->view->changes, word_fact_kind(&s->v->app->rules, rows[i].kind, s->v->lang), NULL,
				record_link(s, rows[i].kind));
}

static void load_links(struct source *s)
{
	struct person_view *view = s->view;
	bool open = view->phase != PHASE_OFFICIAL && view->phase != PHASE_LEFT && view->phase != PHASE_PROBATION;
	if (!view->may_write)
		return;
	add_reports(s);
	add_extensions(s);
	add_records(s);
	add_link(s, &view->changes, SAY(s->v, "Chuyển sang tổ chức khác trong sổ", "Move to another unit on record"), NULL,
		record_link(s, FACT_UNIT));
	for (const char *const *k = (const char *const[]){ "name", "birth", "sex", "id_number", NULL }; *k; k++)
		add_link(s, &view->changes, arena_printf(s->v->a, SAY(s->v, "Đổi: %s", "Change: %s"),
			word_fact_kind(&s->v->app->rules, *k, s->v->lang)), NULL, identity_link(s, *k));
	if (view->phase == PHASE_LEFT && strcmp(view->state, "MOVED_CANDIDATE") == 0)
		add_link(s, &view->ways_out, SAY(s->v, "Đã thông báo cho nơi đến", "The new place was told"), NULL, record_link(s, "notified"));
	if (open)
		add_link(s, &view->ways_out, SAY(s->v, "Đưa ra khỏi danh sách", "Take off the list"), NULL,
			value_link(s, FACT_LEFT, "off_list"));
	else if (view->phase != PHASE_LEFT)
		add_link(s, &view->ways_out, SAY(s->v, "Ra khỏi Đảng, chuyển đi, từ trần", "Left, moved away, died"), NULL,
			record_link(s, FACT_LEFT));
}

enum err person_load(struct visit *v, struct person_view *view, struct fault *f)
{
	struct source s = { .v = v, .view = view };
	const struct world w = app_world(v->app);
	TRY(app_facts(v->app, v->person, v->a, &s.all, &s.active, f));
	s.unit = tree_find(&v->app->tree, facts_unit(&s.active, v->today));
	if (!s.unit)
		return FAULT(f, E_NOTFOUND, "person", MSG_PERSON_UNKNOWN, id_text(v->a, v->person.v));
	standing(&w, &s.active, v->today, v->a, &s.standing);
	access_hide_relatives(v->app, s.unit->id, &s.standing);
	v->unit = s.unit; /* whose page this is, for the frame */
	view->id = v->person.v;
	view->may_write = visit_may(v, PERM_PERSON_WRITE, s.unit->id);
	load_head(&s);
	load_unit(&s);
	load_attributes(&s);
	load_standing(&s);
	load_links(&s);
	view->dossier = person_dossier(v, &s.active, &s.standing, view->may_write);
	if (visit_may(v, PERM_FILE, s.unit->id))
		view->why = url(v->a, "/people/%/why", id_text(v->a, view->id));
	view->moves = person_moves(v, &s.active, &s.standing, view->may_write);
	TRY(person_helpers_load(v, &s.active, view->may_write, &view->helpers, f));
	TRY(person_events(v, &s.all, view, f));
	lock_birth(&s);
	v->title = view->name;
	TRY(load_form(&s, f));
	part_notes(view);
	return OK;
}

/* ---- as JSON ---- */

static void head_json(struct json *j, const struct person_view *view)
{
	json_put_int(j, "id", view->id);
	json_put_string(j, "name", view->name);
	json_put_day(j, "birth", view->birth);
	json_put_string(j, "sex", view->sex);
	json_put_string(j, "id_number", view->id_number_whole ? view->id_number : NULL);
	json_put_string(j, "unit", view->unit_code);
	json_put_string(j, "unit_name", view->unit_name);
	json_key(j, "attributes");
	json_object(j);
	for (size_t i = 0; i < view->attributes_n; i++)
		json_put_string(j, view->attributes[i].kind, view->attributes[i].key);
	json_object_end(j);
}

static void steps_json(struct json *j, const struct person_view *view)
{
	json_key(j, "steps");
	json_array(j);
	for (size_t i = 0; i < view->steps_n; i++) {
		const struct person_step *s = &view->steps[i];
		json_object(j);
		json_put_string(j, "step", s->key);
		json_put_string(j, "label", s->label);
		json_put_string(j, "status", word_step_key(s->status));
		json_put_day(j, "on", s->on);
		json_put_string(j, "rule", s->cite);
		json_object_end(j);
	}
	json_array_end(j);
}

static void standing_json(struct json *j, const struct person_view *view)
{
	json_put_string(j, "phase", word_phase_key(view->phase));
	json_put_string(j, "state", view->state);
	json_put_string(j, "state_label", view->state_label);
	json_put_day(j, "since", view->since);
	json_put_string(j, "next", view->next);
	json_put_string(j, "next_label", view->next_label);
	steps_json(j, view);
	json_key(j, "clocks");
	json_array(j);
	for (size_t i = 0; i < view->clocks_n; i++)
		clock_line_json(j, &view->clocks[i]);
	json_array_end(j);
	json_key(j, "notes");
	json_array(j);
	for (size_t i = 0; i < view->notes_n; i++) {
		json_object(j);
		json_put_string(j, "text", view->notes[i].text);
		json_put_string(j, "rule", *view->notes[i].cite ? view->notes[i].cite : NULL);
		json_object_end(j);
	}
	json_array_end(j);
	json_put_bool(j, "unverified", view->unverified);
}

void person_json(struct json *j, const struct person_view *view)
{
	json_object(j);
	head_json(j, view);
	standing_json(j, view);
	person_dossier_json(j, view->dossier);
	person_moves_json(j, view->moves);
	person_helpers_json(j, &view->helpers);
	person_events_json(j, view);
	json_object_end(j);
}

PAGE_THUNKS(person)

const struct page person_page = {
	.path = "/people/:person", .name = "person", .vi = "Một người", .en = "A person", .of = PAGE_PERSON, .perm = PERM_PEOPLE,
	.view_size = sizeof(struct person_view), .load = person_load_, .html = person_html_, .json = person_json_,
};
