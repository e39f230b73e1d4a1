#include "web/person_moves.h"

#include "domain/check.h"
#include "domain/tenure.h"
#include "domain/trail.h"
#include "domain/transfer.h"
#include "base/json.h"
#include "web/words.h"

#include <string.h>

struct source {
	struct visit *v;
	const struct facts *active;
	const struct standing *now;
	struct trail trail;
	struct transfer move;
	struct person_moves *out;
	bool may_write;
};

static bool is_member(const struct source *s)
{
	return s->now->phase == PHASE_PROBATION || s->now->phase == PHASE_OFFICIAL;
}

static const char *name_of(const struct source *s, struct unit_id id, struct day on)
{
	const struct unit *u = tree_find(&s->v->app->tree, id);
	return u ? unit_name(u, on) : "–";
}

static const struct fact *last(const struct source *s, const char *kind)
{
	return facts_last(s->active, kind, s->v->today);
}

/* ---- links ---- */

static void add(const struct source *s, struct person_dos *list, struct url to, const char *vi, const char *en)
{
	if (s->may_write)
		*arena_push(s->v->a, list->v, list->n, list->cap) = (struct person_do){ SAY(s->v, vi, en), to };
}

static struct url record(const struct source *s, const char *kind, const char *value)
{
	struct arena *a = s->v->a;
	const char *person = id_text(a, s->v->person.v);
	return value ? url(a, "/ops/fact_record?person=%&kind=%&value=%", person, kind, value) :
		url(a, "/ops/fact_record?person=%&kind=%", person, kind);
}

static struct url transfer(const struct source *s, const char *kind)
{
	return url(s->v->a, "/ops/person_transfer?person=%&kind=%", id_text(s->v->a, s->v->person.v), kind);
}

/* ---- moves ---- */

static const char *situation_label(const struct source *s)
{
	static const struct labels labels[] = {
		[TRANSFER_BEFORE] = { "Chuyển đi trước khi có nghị quyết", "Moved before any resolution" },
		[TRANSFER_RESOLVED] = { "Chuyển đi sau khi có nghị quyết, chưa gửi hồ sơ", "Moved after resolutions, file not sent" },
		[TRANSFER_FILE_SENT] = { "Chuyển đi sau khi đã gửi hồ sơ, chưa quyết định",
			"Moved after the file was sent, not decided" },
		[TRANSFER_DECIDED_SAME] = { "Chuyển đi sau khi có quyết định, cùng cấp có thẩm quyền",
			"Moved after the decision, same authority" },
		[TRANSFER_DECIDED_OTHER] = { "Chuyển đi sau khi có quyết định, khác cấp có thẩm quyền",
			"Moved after the decision, other authority" },
	};
	return label_of(labels[s->move.situation], s->v->lang);
}

static void load_follows(struct source *s)
{
	const struct world w = app_world(s->v->app);
	struct warnings said;
	transfer_follows(&w, &s->move, s->v->a, &said);
	s->out->follows = arena_array(s->v->a, struct person_follow, said.n);
	s->out->follows_n = said.n;
	for (size_t i = 0; i < said.n; i++)
		s->out->follows[i] = (struct person_follow){ fault_text(&said.v[i], s->v->lang, s->v->a), arena_strdup(s->v->a, said.v[i].rule),
			said.v[i].msg == MSG_TRANSFER_MUST_CANCEL };
}

static void load_move(struct source *s)
{
	const struct world w = app_world(s->v->app);
	transfer_of(&w, s->active, s->v->today, s->v->a, &s->move);
	const struct transfer *t = &s->move;
	if (t->situation == TRANSFER_NONE)
		return;
	const char *to = t->place ? t->place : name_of(s, t->to, t->move->on);
	s->out->situation = situation_label(s);
	s->out->moved = t->move->on;
	s->out->route = arena_printf(s->v->a, "%s → %s", name_of(s, t->from, t->move->on), *to ? to : "–");
	load_follows(s);
}

static const char *ended_why(const struct source *s, const struct fact *by)
{
	bool moved = strcmp(by->kind, FACT_TRANSFER) == 0 || strcmp(by->kind, FACT_MOVED) == 0;
	const char *day = word_day(by->on, s->v->lang, s->v->a);
	return arena_printf(s->v->a, moved ? SAY(s->v, "xem xét lại do chuyển đi ngày %s", "considered again after the move of %s") :
		SAY(s->v, "không còn hiệu lực, quyết định bị hủy ngày %s", "void, the decision was cancelled on %s"), day);
}

static void load_ended(struct source *s)
{
	s->out->ended = arena_array(s->v->a, struct person_ended, s->trail.ended_n);
	s->out->ended_n = s->trail.ended_n;
	for (size_t i = 0; i < s->trail.ended_n; i++) {
		const struct trail_ended *e = &s->trail.ended[i];
		s->out->ended[i] = (struct person_ended){ word_fact_kind(&s->v->app->rules, e->fact->kind, s->v->lang), ended_why(s, e->by),
			e->fact->on };
	}
}

static void load_away(struct source *s)
{
	const struct fact *away = is_member(s) ? transfer_away(s->active, s->v->today) : NULL;
	if (!away)
		return;
	s->out->away = away->detail ? away->detail : name_of(s, away->unit, s->v->today);
	s->out->away_since = away->on;
	s->out->away_until = transfer_over(away);
	add(s, &s->out->moving, record(s, "returned", NULL), "Đã hết sinh hoạt tạm thời", "Back from the temporary place");
}

static void offer_candidate(struct source *s)
{
	struct person_dos *list = &s->out->moving;
	add(s, list, transfer(s, "candidate"), "Chuyển đi nơi khác", "Moves elsewhere");
	if (s->move.situation == TRANSFER_BEFORE)
		add(s, list, record(s, FACT_PAPER, "being_helped"), "Đã cấp giấy chứng nhận đang được giúp đỡ",
			"Certificate of being helped issued");
	if (s->move.situation == TRANSFER_FILE_SENT || s->move.must_cancel) {
		add(s, list, record(s, "file_forwarded", NULL), "Đã chuyển hồ sơ đến nơi mới", "File forwarded");
		add(s, list, record(s, "file_received", NULL), "Nơi mới đã nhận hồ sơ", "File received by the new place");
	}
	if (s->move.situation == TRANSFER_DECIDED_OTHER) {
		add(s, list, record(s, "reexamine_asked", NULL), "Nơi mới đề nghị xem xét lại", "New place asks to examine again");
		add(s, list, record(s, "reexamine_answered", NULL), "Đã trả lời nơi mới", "New place answered");
	}
}

/* A transfer for good that was decided, until the papers are presented. */
static void offer_papers(struct source *s)
{
	const struct fact *moved = last(s, FACT_TRANSFER), *introduced = last(s, "introduced"), *presented = last(s, "presented");
	if (!moved || !facts_match(moved, FACT_TRANSFER, "member"))
		return;
	if (!introduced || introduced->on.n < moved->on.n)
		add(s, &s->out->moving, record(s, "introduced", NULL), "Đã giới thiệu sinh hoạt đảng", "Introduced to the new place");
	else if (!presented || presented->on.n < introduced->on.n)
		add(s, &s->out->moving, record(s, "presented", NULL), "Đã nộp giấy giới thiệu tại nơi mới", "Papers presented at the new place");
}

static void offer_moves(struct source *s)
{
	if (s->now->phase == PHASE_CANDIDATE || s->now->phase == PHASE_DECIDED)
		offer_candidate(s);
	if (!is_member(s))
		return;
	add(s, &s->out->moving, transfer(s, "member"), "Chuyển sinh hoạt chính thức", "Transfer for good");
	add(s, &s->out->moving, transfer(s, "temporary"), "Chuyển sinh hoạt tạm thời", "Temporary transfer");
	add(s, &s->out->moving, transfer(s, "study"), "Chuyển tạm thời để đi học", "Transfer for studies");
	offer_papers(s);
}

/* ---- decisions, striking off, appeals ---- */

/* Where a step was wrong it is named, so that the others stay. */
static void offer_wrong_steps(struct source *s)
{
	struct arena *a = s->v->a;
	for (size_t i = 0; s->may_write && i < s->trail.n; i++) {
		const struct fact *f = s->trail.v[i].fact;
		const struct step *step = pack_step(rules_at(&s->v->app->rules, f->on), f->kind);
		if (!step || !step->votes || step->aside || strcmp(f->kind, FACT_DECISION_VOTE) == 0 || strncmp(f->kind, "recognition", 11) == 0)
			continue;
		const char *label = arena_printf(a, SAY(s->v, "Hủy quyết định, làm lại: %s", "Cancel the decision, again: %s"),
			label_of(step->label, s->v->lang));
		*arena_push(a, s->out->ending.v, s->out->ending.n, s->out->ending.cap) = (struct person_do){ label,
			url(a, "/ops/fact_record?person=%&kind=%&value=%&about=%", id_text(a, s->v->person.v), FACT_DECISION_CANCELLED,
				"wrong_procedure", id_text(a, f->seq)) };
	}
}

/* The votes on striking off, of the bodies that the person's unit has. */
static void offer_votes_beside(struct source *s)
{
	for (size_t i = 0; i < s->now->steps_n; i++) {
		const struct standing_step *x = &s->now->steps[i];
		if (x->step->aside && x->status != STEP_SKIPPED)
			add(s, &s->out->ending, record(s, x->step->key, NULL), x->step->label.vi, x->step->label.en);
	}
}

static void offer_cancelling(struct source *s)
{
	struct person_dos *list = &s->out->ending;
	bool decided = s->now->phase == PHASE_DECIDED || is_member(s);
	if (s->move.must_cancel)
		add(s, list, record(s, FACT_DECISION_CANCELLED, "after_move"), "Hủy quyết định ban hành quá hạn",
			"Cancel the decision made too late");
	else if (decided)
		add(s, list, record(s, FACT_DECISION_CANCELLED, NULL), "Hủy quyết định kết nạp", "Cancel the decision of admission");
	if (decided && !s->move.must_cancel)
		offer_wrong_steps(s);
	if (s->now->phase == PHASE_OFFICIAL)
		add(s, list, record(s, FACT_RECOGNITION_CANCELLED, NULL), "Hủy quyết định công nhận", "Cancel the recognition");
	if (!is_member(s))
		return;
	offer_votes_beside(s);
	add(s, list, record(s, FACT_LEFT, "struck_off"), "Quyết định xóa tên", "Decision of striking off");
}

static struct day appeal_end(const struct source *s, const struct fact *received)
{
	const struct clock *clock = pack_clock(rules_at(&s->v->app->rules, received->on), "T15");
	return clock ? calendar_due(&s->v->app->calendar, received->on, clock->length) : DAY_NONE;
}

static void load_struck(struct source *s, const struct fact *left)
{
	const struct fact *received = last(s, "strike_received"), *appeal = last(s, "appeal");
	bool known = received && received->on.n >= left->on.n, appealed = appeal && appeal->on.n >= left->on.n;
	s->out->leaving = left->detail ? code_label(CODES_GROUND, left->detail, s->v->lang) :
		SAY(s->v, "chưa ghi lý do", "ground not on record");
	if (!known)
		add(s, &s->out->ending, record(s, "strike_received", NULL), "Đã nhận quyết định xóa tên", "Decision received");
	else if (!appealed)
		add(s, &s->out->ending, record(s, "appeal", NULL), "Khiếu nại việc xóa tên", "Appeal");
	else
		add(s, &s->out->ending, record(s, FACT_APPEAL_ANSWERED, NULL), "Trả lời khiếu nại", "Answer to the appeal");
	if (known && !appealed)
		s->out->appeal_until = appeal_end(s, received);
}

/* What would stand in the way of another admission today, in the words of the rules. */
static void load_readmission(struct source *s)
{
	const struct world w = app_world(s->v->app);
	const struct pack *pack = rules_at(&s->v->app->rules, s->v->today);
	for (size_t i = 0; i < pack->checks_n; i++) {
		const struct check_case ask = { w.rules, w.calendar, pack, &pack->checks[i], &s->trail, s->v->today };
		bool of_it = strncmp(pack->checks[i].key, "readmission_", 12) == 0 && pack->checks[i].severity == SEVERITY_REFUSE;
		struct fault why;
		if (!of_it || check_ask(&ask, &why) != CHECK_FAILS)
			continue;
		s->out->readmission = fault_text(&why, s->v->lang, s->v->a);
		s->out->readmission_cite = arena_strdup(s->v->a, why.rule);
		return;
	}
}

static void load_leaving(struct source *s)
{
	struct tenure_again again;
	tenure_again(s->active, s->v->today, &again);
	if (again.bar == TENURE_FIRST || is_member(s))
		return;
	load_readmission(s);
	if (again.bar == TENURE_WAIT_RECORD)
		add(s, &s->out->ending, record(s, "record_cleared", NULL), "Được xóa án tích", "Criminal record cleared");
	add(s, &s->out->ending, record(s, FACT_CONSENT, "readmission"), "Văn bản đồng ý kết nạp lại", "Consent to admit again");
	if (s->now->phase == PHASE_LEFT && facts_match(again.left, FACT_LEFT, "struck_off"))
		load_struck(s, again.left);
}

/* ---- party age ---- */

static void load_age(struct source *s)
{
	struct tenure t;
	tenure_of(s->active, s->v->today, &t);
	s->out->age_from = t.from;
	if (!day_known(t.from))
		return;
	s->out->age = arena_printf(s->v->a, SAY(s->v, "%d năm %d tháng", "%d y %d m"), (int)(t.months / 12), (int)(t.months % 12));
	s->out->first_ceremony = t.first_ceremony;
	s->out->first_official = t.first_official;
	s->out->again = t.again;
}

struct person_moves *person_moves(struct visit *v, const struct facts *active, const struct standing *now, bool may_write)
{
	struct source s = { .v = v, .active = active, .now = now, .may_write = may_write, .out = arena_new(v->a, struct person_moves) };
	*s.out = (struct person_moves){ .appeal_until = DAY_NONE, .age_from = DAY_NONE, .again = DAY_NONE };
	trail_build(&v->app->rules, active, v->today, v->a, &s.trail);
	load_move(&s);
	load_ended(&s);
	load_away(&s);
	offer_moves(&s);
	offer_cancelling(&s);
	load_leaving(&s);
	load_age(&s);
	return s.out;
}

/* ---- as JSON ---- */

static void move_json(struct json *j, const struct person_moves *m)
{
	json_key(j, "move");
	if (!m->situation) {
		json_null(j);
		return;
	}
	json_object(j);
	json_put_string(j, "situation", m->situation);
	json_put_day(j, "on", m->moved);
	json_put_string(j, "route", m->route);
	json_object_end(j);
}

static void age_json(struct json *j, const struct person_moves *m)
{
	json_key(j, "party_age");
	if (!m->age) {
		json_null(j);
		return;
	}
	json_object(j);
	json_put_day(j, "from", m->age_from);
	json_put_string(j, "text", m->age);
	json_object_end(j);
}

void person_moves_json(struct json *j, const struct person_moves *m)
{
	move_json(j, m);
	age_json(j, m);
	json_key(j, "ended");
	json_array(j);
	for (size_t i = 0; i < m->ended_n; i++) {
		json_object(j);
		json_put_string(j, "label", m->ended[i].label);
		json_put_day(j, "on", m->ended[i].on);
		json_put_string(j, "why", m->ended[i].why);
		json_object_end(j);
	}
	json_array_end(j);
}
