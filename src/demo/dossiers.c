#include "demo/dossiers.h"

#include <string.h>

/* ---- one fact ---- */

static struct fact_record_in about(const struct made_one *one, const char *kind, struct day on, const char *value)
{
	struct fact_record_in in = fact_record_none();
	in.person = one->id;
	in.kind = kind;
	in.on = on;
	in.value = value;
	return in;
}

static enum err record(struct made *m, const struct made_one *one, const char *kind, struct day on, const char *value, struct fault *f)
{
	struct fact_record_in in = about(one, kind, on, value);
	return made_fact(m, &in, NULL, f);
}

/* A paper of the dossier with its number. */
static enum err paper(struct made *m, const struct made_one *one, const char *value, struct day on, const char *series, struct fault *f)
{
	struct fact_record_in in = about(one, FACT_PAPER, on, value);
	in.paper_no = series ? made_paper(m, series) : NULL;
	return made_fact(m, &in, NULL, f);
}

/* ---- who helps ---- */

static bool may_help(const struct made_one *official, const struct made_one *one, struct day on)
{
	return official->id != one->id && strcmp(official->unit, one->unit) == 0 && official->official.n <= on.n;
}

/* Somebody of the same branch who was official that day, from a place drawn by lot on; NULL when there is none but `not`. */
static const struct made_one *draw_official(struct made *m, const struct made_one *one, struct day on, const struct made_one *not)
{
	size_t n = m->officials_n, from = n ? rng_below(&m->rng, (uint32_t)n) : 0;
	for (size_t i = 0; i < n; i++) {
		const struct made_one *official = &m->officials[(from + i) % n];
		if (official != not && may_help(official, one, on))
			return official;
	}
	return NULL;
}

static enum err help(struct made *m, const struct made_one *one, const struct made_one *official, const char *role, struct day on,
	struct fault *f)
{
	struct fact_record_in in = about(one, FACT_HELPER, on, role);
	if (!official)
		return OK;
	in.other = official->id;
	in.since = day_add_months(on, -rng_between(&m->rng, 14, 60));
	in.paper_no = made_paper(m, "NQ/CB");
	return made_fact(m, &in, NULL, f);
}

/* Two members, or one and the Youth Union; the first of them goes on helping. */
static enum err introduce(struct made *m, const struct made_one *one, struct fault *f)
{
	struct day on = day_add(one->dossier, -2);
	const struct made_one *first = draw_official(m, one, on, NULL), *second = draw_official(m, one, on, first);
	TRY(help(m, one, first, "introducer_1", on, f));
	TRY(help(m, one, first, "candidate_helper", on, f));
	TRY(paper(m, one, "introduction", on, NULL, f));
	if (one->youth)
		return paper(m, one, "youth_resolution", on, "NQ/ĐTN", f);
	TRY(help(m, one, second, "introducer_2", on, f));
	return second ? paper(m, one, "introduction_2", on, NULL, f) : OK;
}

/* ---- letters ---- */

enum { LETTER_DAYS = 5, ANSWER_DAYS = 24 };

/* Sent and received; answered before the committee certifies the CV, some never. */
static enum err letter(struct made *m, const struct made_one *one, const char *whom, struct day sent, struct day last, struct fault *f)
{
	static const char *const places[] = { "Đảng ủy xã Liêm Tuyền", "Đảng ủy phường Lê Hồng Phong", "Đảng ủy xã Tiên Tân",
		"Đảng ủy xã Kim Bình", "Đảng ủy phường Châu Sơn" };
	struct fact_record_in in = about(one, FACT_VERIFY_SENT, sent, whom);
	int64_t seq;
	struct day received = day_add(sent, LETTER_DAYS), answered = day_add(received, rng_between(&m->rng, 6, ANSWER_DAYS));
	in.detail = places[rng_below(&m->rng, sizeof places / sizeof *places)];
	in.paper_no = made_paper(m, "CV/ĐU");
	TRY(made_fact(m, &in, &seq, f));
	if (received.n > last.n)
		return OK;
	in = about(one, FACT_VERIFY_RECEIVED, received, "home");
	in.about = seq;
	TRY(made_fact(m, &in, NULL, f));
	in = about(one, FACT_VERIFY_REPLY, answered, "confirmed");
	in.about = seq;
	return answered.n <= last.n && !made_chance(m, 20) ? made_fact(m, &in, NULL, f) : OK;
}

/* ---- a dossier ---- */

static enum err opinions(struct made *m, const struct made_one *one, const char *kind, struct day on, struct fault *f)
{
	struct fact_record_in in = about(one, kind, on, NULL);
	in.members = rng_between(&m->rng, 6, 18);
	in.yes = in.members - rng_between(&m->rng, 0, 1);
	in.no = in.members - in.yes;
	return made_fact(m, &in, NULL, f);
}

/* The committee certifies and the branch gathers opinions, where the time since the dossier allows. */
static enum err verify(struct made *m, const struct made_one *one, struct day last, struct fault *f)
{
	struct day begun = day_add(one->dossier, 3), certified = day_add(begun, LETTER_DAYS + ANSWER_DAYS + 3);
	if (begun.n > last.n)
		return OK;
	TRY(record(m, one, "verifying", begun, NULL, f));
	TRY(letter(m, one, "self", begun, last, f));
	TRY(letter(m, one, made_chance(m, 50) ? "father" : "mother", begun, last, f));
	if (certified.n > last.n)
		return OK;
	TRY(record(m, one, "cv_certified", certified, "passed", f));
	TRY(paper(m, one, "verification", certified, NULL, f));
	if (day_add(certified, 2).n > last.n)
		return OK;
	TRY(opinions(m, one, "opinions", day_add(certified, 2), f));
	return paper(m, one, "opinions", day_add(certified, 2), NULL, f);
}

static enum err candidate(struct made *m, const struct made_one *one, struct fault *f)
{
	struct day last = day_known(one->branch_vote) ? day_add(one->branch_vote, -1) : m->today;
	struct day cleared = day_add(one->dossier, -3);
	if (day_known(one->certified) && one->certified.n <= cleared.n)
		TRY(record(m, one, "cleared", cleared, NULL, f));
	TRY(introduce(m, one, f));
	TRY(paper(m, one, "application", one->dossier, NULL, f));
	if (!day_known(one->branch_vote) && made_chance(m, 25))
		return OK;
	TRY(paper(m, one, "cv", one->dossier, NULL, f));
	return verify(m, one, last, f);
}

static enum err probation(struct made *m, const struct made_one *one, struct fault *f)
{
	struct day class_ = day_add(one->ceremony, rng_between(&m->rng, 60, 240)), form = day_add(one->ceremony, rng_between(&m->rng, 5, 25));
	TRY(help(m, one, draw_official(m, one, one->ceremony, NULL), "probation_helper", one->ceremony, f));
	if (form.n <= m->today.n) {
		TRY(paper(m, one, "member_cv", form, NULL, f));
		TRY(paper(m, one, "member_form", form, NULL, f));
	}
	return class_.n <= m->today.n ? record(m, one, "new_member_class", class_, NULL, f) : OK;
}

enum err dossiers_fill(struct made *m, struct fault *f)
{
	for (size_t i = 0; i < m->open_n; i++) {
		const struct made_one *one = &m->open[i];
		if (day_known(one->ceremony))
			TRY(probation(m, one, f));
		else if (day_known(one->dossier) && one->dossier.n < m->today.n)
			TRY(candidate(m, one, f));
	}
	return OK;
}
