#include "demo/chain.h"

#include <assert.h>

static struct day back(struct made *m, struct day d, int32_t lo, int32_t hi)
{
	return made_workday(m, day_add(d, -hi), day_add(d, -lo));
}

static struct day ahead(struct made *m, struct day d, int32_t lo, int32_t hi)
{
	return made_workday(m, day_add(d, lo), day_add(d, hi));
}

static struct day later(struct day a, struct day b)
{
	return a.n > b.n ? a : b;
}

/* From the source to the decision, backwards. 100 days are more than 60 working days, 45 are fewer than 45 of them. Whoever is admitted
 * has been in a class: a scenario opens enough of them. */
static void fill_before(struct made *m, const struct chain *c, struct person_record_in *in)
{
	in->branch_vote = c->decided_late ? back(m, c->decided, 100, 125) : back(m, c->decided, 24, 45);
	if (c->grassroots)
		in->grassroots_vote = ahead(m, in->branch_vote, 5, 15);
	in->dossier = back(m, in->branch_vote, 15, 160);
	struct made_class *class_ = c->class_ ? c->class_ : made_class_before(m, in->branch_vote);
	assert(class_ || m->today.n < c->decided.n);
	if (class_) {
		assert(class_->to.n + 20 < in->branch_vote.n && class_->seats > 0);
		class_->seats--;
		in->dossier = later(in->dossier, day_add(class_->to, 6));
		in->class_code = class_->code;
		in->certified = class_->to;
	} else {
		in->certified = back(m, in->dossier, 60, 120);
	}
	in->listed = back(m, in->certified, 40, 180);
	in->introduced = back(m, in->listed, 5, 40);
}

/* From the decision to official membership. */
static void fill_after(struct made *m, const struct chain *c, struct person_record_in *in)
{
	in->decided = c->decided;
	in->received = ahead(m, in->decided, 2, 9);
	in->ceremony = c->held_late ? ahead(m, in->received, 60, 80) : ahead(m, in->received, 4, 30);
	struct day end = day_add_months(in->ceremony, 12);
	in->recognition_vote = c->voted_late ? ahead(m, end, 60, 90) : ahead(m, end, 3, 28);
	in->official = end; /* whenever the branch met */
}

static struct day *day_of_step(struct person_record_in *in, enum chain_step step)
{
	struct day *const days[CHAIN__COUNT] = {
		NULL, &in->introduced, &in->listed, &in->certified, &in->dossier, &in->branch_vote, &in->grassroots_vote, &in->decided,
		&in->received, &in->ceremony, &in->recognition_vote, &in->official,
	};
	assert(step != CHAIN_WHOLE);
	return days[step];
}

void chain_cut(struct person_record_in *in, enum chain_step last)
{
	if (last == CHAIN_WHOLE)
		return;
	for (int step = (int)last + 1; step < CHAIN__COUNT; step++)
		*day_of_step(in, (enum chain_step)step) = DAY_NONE;
	if (last < CHAIN_CLASS)
		in->class_code = NULL;
}

/* The last step that has happened by today. */
static enum chain_step reached(const struct made *m, struct person_record_in *in)
{
	enum chain_step last = CHAIN_SOURCE;
	for (int step = CHAIN_LIST; step < CHAIN__COUNT; step++) {
		struct day d = *day_of_step(in, (enum chain_step)step);
		if (step == CHAIN_CLASS && !in->class_code)
			break;
		if (step == CHAIN_OFFICIAL)
			d = day_add(in->recognition_vote, 30);
		if (day_known(d) && d.n > m->today.n)
			break;
		last = (enum chain_step)step;
	}
	return last;
}

void chain_fill(struct made *m, const struct chain *c, struct person_record_in *in)
{
	fill_before(m, c, in);
	fill_after(m, c, in);
	if (in->introduced.n > m->today.n)
		in->introduced = back(m, m->today, 0, 30);
	chain_cut(in, reached(m, in));
	if (day_known(in->certified))
		in->certificate_no = arena_printf(&m->scratch, "%06d", ++m->serial);
	if (day_known(in->decided))
		in->decision_no = made_paper(m, "QĐ/KNĐ");
	if (day_known(in->official))
		in->official_no = made_paper(m, "QĐ/CNCT");
}
