#include "domain/dossier.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

#define STEP_DOSSIER "dossier"
#define CLOCK_DOSSIER "T2"

static const struct trail_step *taken(const struct dossier *d, const char *step)
{
	int id = rules_step_id(d->rules, step);
	return id < 0 ? NULL : trail_last(d->trail, id, d->on);
}

/* End of the clock of that key when it starts on `from`, by the pack of that day or the person's own. */
static struct day end_of(const struct dossier *d, const struct clock *clock, struct day from)
{
	const struct clock *then = pack_clock(trail_pack(d->trail, d->rules, clock->key, from), clock->key);
	return calendar_span_end(d->calendar, from, then ? then->length : clock->length);
}

static bool in_time(const struct dossier *d, const struct fact *f)
{
	return day_known(f->on) && f->on.n > d->trail->since.n && f->on.n <= d->on.n;
}

/* Whether papers were recorded singly while the dossier was good; those made again later say nothing about the first ones. */
static bool is_kept(const struct dossier *d, struct day until)
{
	const struct facts *active = d->trail->active;
	for (size_t i = 0; i < active->n; i++) {
		const struct fact *f = &active->v[i];
		if (in_time(d, f) && f->on.n <= until.n && strcmp(f->kind, FACT_PAPER) == 0)
			return true;
	}
	return false;
}

/* The clock of the dossier, where the papers that are needed at that step belong to it; else NULL. */
static const struct clock *dossier_clock(const struct dossier *d, int at_step)
{
	const struct clock *clock = pack_clock(d->pack, CLOCK_DOSSIER);
	return clock && clock->to_step == at_step ? clock : NULL;
}

bool dossier_known(const struct dossier *d, int at_step)
{
	return is_kept(d, d->on) || (dossier_clock(d, at_step) && taken(d, STEP_DOSSIER));
}

bool dossier_of_recognition(const struct pack *p, const struct paper_row *row)
{
	const struct step *ceremony = pack_step(p, FACT_CEREMONY);
	return ceremony && p->steps[row->at_step].before >> (ceremony - p->steps) & 1;
}

/* ---- what there is ---- */

static bool is_paper(const struct paper_row *row, const struct fact *f)
{
	return facts_match(f, FACT_PAPER, row->key) && (!row->detail || text_equal(row->detail, f->detail));
}

static bool counts(const struct dossier *d, const struct paper_row *row, const struct fact *f)
{
	bool found = is_paper(row, f);
	for (size_t i = 0; i < row->also.n && !found; i++)
		found = facts_match(f, row->also.v[i].kind, row->also.v[i].value) && !trail_failed(d->rules, f);
	return found;
}

/* The last fact, by day, that counts as this paper. */
static const struct fact *newest(const struct dossier *d, const struct paper_row *row)
{
	const struct facts *active = d->trail->active;
	for (size_t i = active->n; i-- > 0;)
		if (in_time(d, &active->v[i]) && counts(d, row, &active->v[i]))
			return &active->v[i];
	return NULL;
}

/* Nothing singly: the day of the dossier counts for what belongs to it, unless papers are kept singly. */
static struct day by_dossier(const struct dossier *d, const struct paper_row *row)
{
	const struct trail_step *made = taken(d, STEP_DOSSIER);
	const struct clock *clock = dossier_clock(d, row->at_step);
	if (!made || !clock || row->detail)
		return DAY_NONE;
	return is_kept(d, end_of(d, clock, made->on)) ? DAY_NONE : made->on;
}

/* ---- how old ---- */

/* The dossier has run out, and this paper is not newer than that allows. */
static bool is_stale(const struct dossier *d, const struct paper_row *row, struct day paper)
{
	if (row->redo_clock < 0)
		return false;
	const struct clock *clock = &d->pack->clocks[row->redo_clock];
	const struct trail_step *from = trail_last(d->trail, d->pack->steps[clock->from_step].id, d->on);
	return from && end_of(d, clock, from->on).n < d->meets.n && end_of(d, clock, paper).n < d->meets.n;
}

static bool is_early(const struct dossier *d, const struct paper_row *row, struct day paper)
{
	if (row->after_clock < 0)
		return false;
	const struct clock *clock = &d->pack->clocks[row->after_clock];
	const struct trail_step *from = trail_last(d->trail, d->pack->steps[clock->from_step].id, d->on);
	return from && paper.n <= end_of(d, clock, from->on).n;
}

static const struct pattern *holding(const struct dossier *d, const struct patterns *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (trail_holds(d->trail, d->pack, &list->v[i], d->on))
			return &list->v[i];
	return NULL;
}

struct dossier_paper dossier_paper(const struct dossier *d, const struct paper_row *row)
{
	struct dossier_paper ret = { .row = row, .status = PAPER_OTHER_CASE, .on = DAY_NONE };
	if (row->when.n && !holding(d, &row->when))
		return ret;
	ret.status = PAPER_NOT_NEEDED;
	ret.why = holding(d, &row->unless);
	if (ret.why)
		return ret;
	ret.fact = newest(d, row);
	ret.on = ret.fact ? ret.fact->on : by_dossier(d, row);
	if (!day_known(ret.on))
		ret.status = PAPER_MISSING;
	else if (is_stale(d, row, ret.on))
		ret.status = PAPER_REDO;
	else
		ret.status = is_early(d, row, ret.on) ? PAPER_EARLY : PAPER_THERE;
	return ret;
}

bool dossier_is_early(const struct dossier *d, const char *paper)
{
	for (size_t i = 0; i < d->pack->papers_n; i++)
		if (strcmp(d->pack->papers[i].key, paper) == 0 && dossier_paper(d, &d->pack->papers[i]).status == PAPER_EARLY)
			return true;
	return false;
}

/* ---- all of them ---- */

static bool ceremony_held(const struct dossier *d)
{
	return taken(d, FACT_CEREMONY) != NULL;
}

struct dossier dossier_now(const struct world *w, const struct trail *t, struct day today)
{
	struct dossier d = { w->rules, w->calendar, rules_at(w->rules, today), t, today, today };
	const struct clock *clock = pack_clock(d.pack, CLOCK_DOSSIER);
	const struct trail_step *vote = clock ? trail_last(t, d.pack->steps[clock->to_step].id, today) : NULL;
	if (vote && !vote->failed && !ceremony_held(&d)) {
		d.meets = vote->on;
		d.pack = rules_at(w->rules, vote->on);
	}
	return d;
}

static bool is_taken(const struct dossier *d, int step)
{
	const struct trail_step *t = trail_last(d->trail, d->pack->steps[step].id, d->on);
	return t && !t->failed;
}

/* The first step ahead that papers are needed for: what later ones need is not missing yet. */
static int next_gate(const struct dossier *d, bool recognition)
{
	int gate = PACK_STEPS;
	for (size_t i = 0; i < d->pack->papers_n; i++) {
		const struct paper_row *row = &d->pack->papers[i];
		bool ahead = dossier_of_recognition(d->pack, row) == recognition && !is_taken(d, row->at_step);
		if (ahead && row->at_step < gate)
			gate = row->at_step;
	}
	return gate;
}

void dossier_list(const struct dossier *d, struct arena *a, struct dossier_paper **ret, size_t *ret_n)
{
	struct dossier_paper *v = arena_array(a, struct dossier_paper, d->pack->papers_n);
	bool recognition = ceremony_held(d);
	int gate = next_gate(d, recognition);
	size_t n = 0;
	for (size_t i = 0; i < d->pack->papers_n; i++) {
		const struct paper_row *row = &d->pack->papers[i];
		v[n] = dossier_paper(d, row);
		bool shown = v[n].status != PAPER_OTHER_CASE && (v[n].status != PAPER_MISSING || row->at_step <= gate);
		n += shown && dossier_of_recognition(d->pack, row) == recognition;
	}
	*ret = v;
	*ret_n = n;
}

static const struct {
	const char *key, *vi, *en;
} statuses[] = {
	[PAPER_MISSING] = { "missing", "còn thiếu", "missing" },
	[PAPER_THERE] = { "there", "đã có", "on file" },
	[PAPER_REDO] = { "redo", "phải làm lại", "to be made again" },
	[PAPER_EARLY] = { "early", "viết quá sớm, phải viết lại", "written too early, to be written again" },
	[PAPER_NOT_NEEDED] = { "not_needed", "không cần", "not needed" },
	[PAPER_OTHER_CASE] = { "other_case", "không thuộc trường hợp này", "not of this case" },
};

const char *dossier_status_key(enum paper_status s)
{
	return statuses[s].key;
}

const char *dossier_status_label(enum paper_status s, enum lang lang)
{
	return lang == LANG_VI ? statuses[s].vi : statuses[s].en;
}

/* ---- names ---- */

struct words {
	char *text;
	size_t size, used;
	bool full;
};

const char *dossier_label(const struct paper_row *row, enum lang lang, struct arena *a)
{
	const char *label = code_label(CODES_PAPER, row->key, lang);
	return row->detail ? arena_printf(a, "%s: %s", label, code_label(CODES_SPECIAL, row->detail, lang)) : label;
}

const char *dossier_short_name(const char *paper, enum lang lang, size_t *ret_n)
{
	const char *label = code_label(CODES_PAPER, paper, lang);
	size_t n = strlen(label);
	bool number = label[n - 1] == ')';
	const char *name = number ? strrchr(label, '(') + 1 : label;
	*ret_n = number ? n - 1 - (size_t)(name - label) : n;
	return name;
}

/* Puts a name behind the others, or "…" once where it no longer fits. */
static void add_name(struct words *w, const char *name, size_t n)
{
	static const char comma[] = ", ", more[] = "…";
	size_t before = w->used ? strlen(comma) : 0;
	if (w->full)
		return;
	w->full = w->used + before + n + strlen(comma) + sizeof more > w->size;
	if (w->full) {
		name = more;
		n = strlen(more);
	}
	memcpy(w->text + w->used, comma, before);
	memcpy(w->text + w->used + before, name, n);
	w->used += before + n;
}

size_t dossier_names(const struct dossier *d, int at_step, enum paper_status status, enum lang lang, size_t size, char *ret)
{
	struct words w = { .text = ret, .size = size };
	size_t found = 0, n;
	assert(size > DOSSIER_NAMES_LEAST);
	for (size_t i = 0; i < d->pack->papers_n; i++) {
		const struct paper_row *row = &d->pack->papers[i];
		if (row->at_step != at_step || dossier_paper(d, row).status != status)
			continue;
		const char *name = dossier_short_name(row->key, lang, &n);
		add_name(&w, name, n);
		found++;
	}
	ret[w.used] = '\0';
	return found;
}
