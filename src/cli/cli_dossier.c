#include "cli/cli_dossier.h"

#include "domain/dossier.h"
#include "domain/request.h"

#include <stdio.h>

struct lists {
	struct dossier_paper *papers;
	struct request *requests;
	size_t papers_n, requests_n;
};

static struct lists lists_of(struct cli *c, const struct facts *active, const struct standing *now)
{
	const struct world w = app_world(&c->app);
	struct lists l = { 0 };
	struct trail t;
	trail_build(w.rules, active, c->app.today, &c->arena, &t);
	const struct dossier d = dossier_now(&w, &t, c->app.today);
	if (now->phase != PHASE_NONE && now->phase != PHASE_LEFT)
		dossier_list(&d, &c->arena, &l.papers, &l.papers_n);
	request_list(w.rules, active, now, c->app.today, &c->arena, &l.requests, &l.requests_n);
	return l;
}

/* ---- as text ---- */

static const char *day_or_dash(struct cli *c, const struct fact *f)
{
	return f ? cli_day(c, f->on) : "–";
}

static void print_request(struct cli *c, const struct request *r)
{
	const char *state = r->reply ? code_label(CODES_REPLY, r->reply->value, c->lang) :
		r->late ? cli_text(c, "QUÁ HẠN", "LATE") : cli_text(c, "chưa trả lời", "not answered");
	(void)printf("  %s %s %s (%s %s; %s %s; %s %s)\n", cli_pad(c, cli_day(c, r->sent->on), 12),
		cli_pad(c, code_label(CODES_RELATION, r->sent->value, c->lang), 24), state, cli_text(c, "nhận", "received"),
		day_or_dash(c, r->received), cli_text(c, "hạn", "due"), r->clock ? cli_day(c, r->clock->due) : "–",
		cli_text(c, "trả lời", "answered"), day_or_dash(c, r->reply));
}

void cli_dossier_print(struct cli *c, const struct facts *active, const struct standing *now)
{
	const struct lists l = lists_of(c, active, now);
	if (l.papers_n)
		cli_say(c, cli_text(c, "Hồ sơ", "Dossier"));
	for (size_t i = 0; i < l.papers_n; i++) {
		const struct dossier_paper *p = &l.papers[i];
		(void)printf("  %s %s %s (%s)%s\n", cli_pad(c, cli_day(c, p->on), 12), cli_pad(c, dossier_label(p->row, c->lang, &c->arena), 58),
			dossier_status_label(p->status, c->lang), p->row->cite,
			p->row->verified ? "" : cli_text(c, " – chưa kiểm chứng văn bản", " – not verified"));
	}
	if (l.requests_n)
		cli_say(c, cli_text(c, "Thẩm tra, xác minh", "Verification letters"));
	for (size_t i = 0; i < l.requests_n; i++)
		print_request(c, &l.requests[i]);
}

/* ---- as JSON ---- */

static void paper_json(struct json *j, const struct dossier_paper *p)
{
	json_object(j);
	json_put_string(j, "paper", p->row->key);
	json_put_string(j, "status", dossier_status_key(p->status));
	json_put_day(j, "on", p->on);
	json_put_string(j, "rule", p->row->cite);
	json_put_bool(j, "verified", p->row->verified);
	json_object_end(j);
}

static void request_json(struct json *j, const struct request *r)
{
	json_object(j);
	json_put_string(j, "relation", r->sent->value);
	json_put_string(j, "place", r->sent->detail);
	json_put_day(j, "sent", r->sent->on);
	json_put_day(j, "received", r->received ? r->received->on : DAY_NONE);
	json_put_day(j, "due", r->clock ? r->clock->due : DAY_NONE);
	json_put_bool(j, "late", r->late);
	json_put_day(j, "replied", r->reply ? r->reply->on : DAY_NONE);
	json_put_string(j, "outcome", r->reply ? r->reply->value : NULL);
	json_object_end(j);
}

void cli_dossier_json(struct cli *c, struct json *j, const struct facts *active, const struct standing *now)
{
	const struct lists l = lists_of(c, active, now);
	json_key(j, "papers");
	json_array(j);
	for (size_t i = 0; i < l.papers_n; i++)
		paper_json(j, &l.papers[i]);
	json_array_end(j);
	json_key(j, "requests");
	json_array(j);
	for (size_t i = 0; i < l.requests_n; i++)
		request_json(j, &l.requests[i]);
	json_array_end(j);
}
