#include "demo/made.h"
#include "app/ops.h"

#include <assert.h>
#include <string.h>

const char *made_text(struct made *m, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *s = arena_vprintf(&m->keep, fmt, ap);
	va_end(ap);
	return s;
}

const char *made_paper(struct made *m, const char *kind)
{
	return arena_printf(&m->scratch, "%d-%s", ++m->serial % 900 + 1, kind);
}

static enum err run(struct made *m, const char *name, const void *in, struct op_result *ret, struct fault *f)
{
	const struct op *op = op_find(name);
	assert(op);
	enum err e = op_run(m->app, op, in, &m->scratch, ret, f);
	arena_reset(&m->scratch);
	return e;
}

static enum err run_only(struct made *m, const char *name, const void *in, struct fault *f)
{
	struct op_result result;
	return run(m, name, in, &result, f);
}

enum err made_unit(struct made *m, const char *code, const char *name, const char *kind, const char *parent, const char *sector,
	struct fault *f)
{
	struct unit_open_in in = UNIT_OPEN_IN;
	in.code = code;
	in.name = name;
	in.kind = kind;
	in.parent = parent;
	in.sector = sector;
	in.opened = m->opened;
	return run_only(m, "unit_open", &in, f);
}

enum err made_unit_close(struct made *m, const char *code, struct day on, struct fault *f)
{
	struct unit_close_in in = { .unit = code, .on = on, .paper_no = made_paper(m, "QĐ/TU"), .paper_on = day_add(on, -20) };
	return run_only(m, "unit_close", &in, f);
}

enum err made_plan(struct made *m, const char *unit, int32_t year, struct fault *f)
{
	struct unit_fact_in in = UNIT_FACT_IN;
	in.unit = unit;
	in.kind = UNIT_PLAN;
	in.value = arena_printf(&m->scratch, "%d", year);
	in.from = made_workday(m, day_of(year, 1, 5), day_of(year, 2, 25));
	in.paper_no = made_paper(m, "KH/ĐU");
	in.paper_on = in.from;
	if (day_before(m->today, in.from)) {
		arena_reset(&m->scratch);
		return OK;
	}
	return run_only(m, "unit_fact", &in, f);
}

enum err made_class(struct made *m, const char *code, const char *unit, const char *kind, const char *name, struct day to, int seats,
	struct fault *f)
{
	assert(m->classes_n < MADE_CLASSES);
	struct made_class c = { .code = made_text(m, "%s", code), .unit = made_text(m, "%s", unit), .to = to, .seats = seats };
	c.from = day_add(to, -4);
	struct class_open_in in = { .code = code, .unit = unit, .kind = kind, .name = name, .from = c.from, .to = to };
	TRY(run_only(m, "class_open", &in, f));
	m->classes[m->classes_n++] = c;
	return OK;
}

struct made_class *made_class_find(struct made *m, const char *code)
{
	for (size_t i = 0; i < m->classes_n; i++)
		if (strcmp(m->classes[i].code, code) == 0)
			return &m->classes[i];
	return NULL;
}

struct made_class *made_class_before(struct made *m, struct day day)
{
	struct made_class *best = NULL;
	struct day oldest = day_add_months(day, -55), newest = day_add(day, -30);
	for (size_t i = 0; i < m->classes_n; i++) {
		struct made_class *c = &m->classes[i];
		if (c->seats > 0 && !c->reserved && c->to.n >= oldest.n && c->to.n <= newest.n && (!best || c->to.n > best->to.n))
			best = c;
	}
	return best;
}

enum err made_target(struct made *m, const struct made_target *t, struct fault *f)
{
	struct target_set_in in = TARGET_SET_IN;
	in.unit = t->unit;
	in.indicator = t->indicator;
	in.kind = t->kind;
	in.low = t->low;
	in.high = t->high;
	in.at_least = t->at_least;
	in.decided = t->decided;
	in.paper_no = made_paper(m, "KH/TU");
	TRY(period_parse(t->period, "period", &in.period, f));
	return run_only(m, "target_set", &in, f);
}

enum err made_person(struct made *m, const struct person_record_in *in, struct fault *f)
{
	struct op_result result;
	m->last_ceremony = in->ceremony;
	struct made_one one = { .unit = made_text(m, "%s", in->unit), .youth = in->youth == 1, .certified = in->certified,
		.dossier = in->dossier, .branch_vote = in->branch_vote, .ceremony = in->ceremony, .official = in->official };
	bool gone = day_known(in->left) || day_known(in->moved), official = day_known(in->official);
	bool waits = day_known(in->dossier) && !day_known(in->decided), probation = day_known(in->ceremony) && !official;
	TRY(run(m, "person_record", in, &result, f));
	m->last_person = one.id = result.entity_id;
	if (!gone && official)
		*arena_push(&m->keep, m->officials, m->officials_n, m->officials_cap) = one;
	if (!gone && !official && (waits || probation))
		*arena_push(&m->keep, m->open, m->open_n, m->open_cap) = one;
	return OK;
}

enum err made_fact(struct made *m, const struct fact_record_in *in, int64_t *ret_seq, struct fault *f)
{
	TRY(run_only(m, "fact_record", in, f));
	return ret_seq ? version_of(m->app, op_find("fact_record"), in, &m->scratch, ret_seq, f) : OK;
}

enum err made_vote(struct made *m, int64_t person, const char *kind, struct day on, int share, struct fault *f)
{
	struct fact_record_in in = fact_record_none();
	in.person = person;
	in.kind = kind;
	in.on = on;
	in.members = rng_between(&m->rng, 9, 40);
	in.away = rng_between(&m->rng, 0, 1);
	in.exempt_absent = rng_between(&m->rng, 0, 2);
	in.suspended = 0;
	int64_t voters = in.members - in.away - in.exempt_absent;
	in.yes = (voters * share + 99) / 100;
	in.no = voters - in.yes;
	in.paper_no = made_paper(m, "NQ/CB");
	in.paper_on = on;
	for (size_t i = 0; i < m->open_n; i++)
		if (m->open[i].id == person && strcmp(kind, "branch_vote") == 0)
			m->open[i].branch_vote = on;
	return run_only(m, "fact_record", &in, f);
}

struct day made_workday(struct made *m, struct day from, struct day to)
{
	assert(from.n <= to.n);
	for (int i = 0; i < 64; i++) {
		struct day d = day_add(from, rng_between(&m->rng, 0, to.n - from.n));
		if (calendar_is_working(&m->app->calendar, d))
			return d;
	}
	return from;
}

bool made_chance(struct made *m, uint32_t percent)
{
	return rng_below(&m->rng, 100) < percent;
}
