#include "demo/places.h"

#include <assert.h>
#include <string.h>

/* Names of branches by the kind of place; %d counts them. */
static const struct {
	const char *sector, *branch, *branch_sector;
} branch_names[] = {
	{ "commune", "Chi bộ thôn %d", "hamlet" },
	{ "street_group", "Chi bộ tổ dân phố số %d", "street_group" },
	{ "school", "Chi bộ tổ chuyên môn %d", "school" },
	{ "hospital", "Chi bộ khối khoa, phòng %d", "hospital" },
	{ "police", "Chi bộ đội %d", "police" },
	{ "army", "Chi bộ đơn vị %d", "army" },
	{ "state_enterprise", "Chi bộ phân xưởng %d", "state_enterprise" },
	{ "private_enterprise", "Chi bộ phân xưởng %d", "private_enterprise" },
	{ "fdi_enterprise", "Chi bộ phân xưởng %d", "fdi_enterprise" },
	{ NULL, "Chi bộ phòng, ban %d", "organ" },
};

/* Whom a kind of place finds; a ward's committee also has the schools and clinics of the ward. */
static const struct {
	const char *sector;
	enum people_kind who[8];
} finds[] = {
	{ "commune", { PEOPLE_VILLAGE_OFFICIAL, PEOPLE_VILLAGE_OFFICIAL, PEOPLE_COMMUNE_STAFF, PEOPLE_TEACHER, PEOPLE_TEACHER, PEOPLE_FARMER,
		PEOPLE_WORKER, PEOPLE_OTHER } },
	{ "street_group", { PEOPLE_VILLAGE_OFFICIAL, PEOPLE_COMMUNE_STAFF, PEOPLE_TEACHER, PEOPLE_TEACHER, PEOPLE_TEACHER, PEOPLE_OTHER,
		PEOPLE_WORKER, PEOPLE_DOCTOR } },
	{ "school", { PEOPLE_TEACHER, PEOPLE_TEACHER, PEOPLE_TEACHER, PEOPLE_TEACHER, PEOPLE_TEACHER, PEOPLE_TEACHER, PEOPLE_TEACHER,
		PEOPLE_TEACHER } },
	{ "hospital", { PEOPLE_DOCTOR, PEOPLE_DOCTOR, PEOPLE_DOCTOR, PEOPLE_DOCTOR, PEOPLE_DOCTOR, PEOPLE_DOCTOR, PEOPLE_DOCTOR,
		PEOPLE_DOCTOR } },
	{ "police", { PEOPLE_POLICE, PEOPLE_POLICE, PEOPLE_POLICE, PEOPLE_POLICE, PEOPLE_POLICE, PEOPLE_POLICE, PEOPLE_POLICE,
		PEOPLE_POLICE } },
	{ "army", { PEOPLE_SOLDIER, PEOPLE_SOLDIER, PEOPLE_SOLDIER, PEOPLE_SOLDIER, PEOPLE_SOLDIER, PEOPLE_SOLDIER, PEOPLE_SOLDIER,
		PEOPLE_SOLDIER } },
	{ "state_enterprise", { PEOPLE_WORKER, PEOPLE_WORKER, PEOPLE_WORKER, PEOPLE_ENTERPRISE_STAFF, PEOPLE_ENTERPRISE_STAFF,
		PEOPLE_ENTERPRISE_STAFF, PEOPLE_WORKER, PEOPLE_WORKER } },
	{ "private_enterprise", { PEOPLE_WORKER, PEOPLE_WORKER, PEOPLE_WORKER, PEOPLE_ENTERPRISE_STAFF, PEOPLE_WORKER, PEOPLE_WORKER,
		PEOPLE_WORKER, PEOPLE_ENTERPRISE_STAFF } },
	{ NULL, { PEOPLE_CIVIL_SERVANT, PEOPLE_CIVIL_SERVANT, PEOPLE_CIVIL_SERVANT, PEOPLE_PARTY_STAFF, PEOPLE_CIVIL_SERVANT,
		PEOPLE_CIVIL_SERVANT, PEOPLE_CIVIL_SERVANT, PEOPLE_CIVIL_SERVANT } },
};

enum people_kind places_people(struct made *m, const struct place *p)
{
	size_t i = 0;
	while (finds[i].sector && strcmp(finds[i].sector, p->sector) != 0)
		i++;
	return finds[i].who[rng_below(&m->rng, 8)];
}

static enum err open_branches(struct made *m, const struct place *p, struct fault *f)
{
	size_t s = 0;
	while (branch_names[s].sector && strcmp(branch_names[s].sector, p->sector) != 0)
		s++;
	for (int i = 1; i <= p->branches; i++) {
		const char *code = made_text(m, "%s-%02d", p->code, i);
		struct text name = TEXT(&m->keep);
		const char *number = strstr(branch_names[s].branch, "%d");
		text_addn(&name, branch_names[s].branch, (size_t)(number - branch_names[s].branch));
		text_addf(&name, "%d", i);
		TRY(made_unit(m, code, text_str(&name), "BRANCH", p->code, branch_names[s].branch_sector, f));
	}
	return OK;
}

enum err places_open(struct made *m, const char *parent, const struct place *v, size_t n, struct fault *f)
{
	for (size_t i = 0; i < n; i++) {
		TRY(made_unit(m, v[i].code, v[i].name, v[i].kind, parent, v[i].sector, f));
		TRY(open_branches(m, &v[i], f));
	}
	return OK;
}

const struct place *places_draw(struct made *m, const struct place *v, size_t n)
{
	int total = 0;
	for (size_t i = 0; i < n; i++)
		total += v[i].weight;
	assert(total > 0);
	int at = (int)rng_below(&m->rng, (uint32_t)total);
	size_t i = 0;
	for (; at >= v[i].weight; i++)
		at -= v[i].weight;
	return &v[i];
}

const char *places_branch(struct made *m, const struct place *p)
{
	if (p->branches == 0)
		return p->code;
	return arena_printf(&m->scratch, "%s-%02d", p->code, rng_between(&m->rng, 1, p->branches));
}

static bool is_late(struct made *m, const struct places_person *p)
{
	return !p->always_in_time && made_chance(m, 3);
}

enum err places_admit(struct made *m, const struct places_person *p, struct fault *f)
{
	struct person_record_in in;
	struct chain chain = { .decided = p->decided, .grassroots = p->place->branches > 0, .class_ = p->class_ };
	chain.decided_late = is_late(m, p);
	chain.held_late = is_late(m, p);
	chain.voted_late = is_late(m, p);
	people_invent(m, p->has_kind ? p->kind : places_people(m, p->place), p->youth, p->decided, &in);
	in.unit = p->branch ? p->branch : places_branch(m, p->place);
	if (p->religion)
		in.religion = p->religion;
	if (p->education)
		in.education = p->education;
	if (p->introducer)
		in.introducer = p->introducer;
	chain_fill(m, &chain, &in);
	chain_cut(&in, p->last);
	return made_person(m, &in, f);
}

/* What became of somebody who waits with a certificate: most move on, or leave the list before it expires. */
static void end_waiting(struct made *m, const struct made_class *c, const struct places_stock *s, struct person_record_in *in)
{
	struct day moved = day_add(c->to, rng_between(&m->rng, 60, 500));
	if (day_ymd(moved).month == 12) /* told within the year, so that a yearly report counts both */
		moved = day_add(moved, -31);
	struct day off = made_workday(m, day_add_months(c->to, 40), day_add_months(c->to, 58));
	if (made_chance(m, s->moved) && moved.n + 40 <= m->today.n) {
		in->moved = moved;
		if (made_chance(m, s->notified))
			in->notified = day_add(moved, rng_between(&m->rng, 1, 30));
	} else if (made_chance(m, 92) && off.n <= m->today.n) {
		in->left = off;
		in->left_reason = "off_list";
	}
}

static enum err one_in_stock(struct made *m, struct made_class *c, const struct places_stock *s, struct fault *f)
{
	struct person_record_in in;
	const struct place *place = places_draw(m, s->places, s->places_n);
	people_invent(m, s->has_kind ? s->kind : places_people(m, place), YOUTH_ANY, c->to, &in);
	in.unit = places_branch(m, place);
	in.class_code = c->code;
	in.certified = c->to;
	in.certificate_no = arena_printf(&m->scratch, "%06d", ++m->serial);
	in.listed = made_workday(m, day_add(c->from, -150), day_add(c->from, -30));
	in.introduced = made_workday(m, day_add(in.listed, -40), day_add(in.listed, -5));
	end_waiting(m, c, s, &in);
	c->seats--;
	return made_person(m, &in, f);
}

enum err places_fill_class(struct made *m, struct made_class *c, const struct places_stock *s, struct fault *f)
{
	while (c->seats > 0)
		TRY(one_in_stock(m, c, s, f));
	return OK;
}

enum err places_veterans(struct made *m, const struct place *v, size_t n, int count, struct day before, int left, struct period leaving,
	struct fault *f)
{
	static const char *const reasons[] = { "died", "died", "died", "moved_out", "moved_out", "struck_off" };
	for (int i = 0; i < count; i++) {
		struct person_record_in in;
		people_invent_veteran(m, before, &in);
		in.unit = places_branch(m, places_draw(m, v, n));
		if (i < left) {
			in.left = made_workday(m, leaving.from, leaving.to);
			in.left_reason = reasons[rng_below(&m->rng, 6)];
			if (in.official.n >= in.left.n)
				in.official = DAY_NONE;
		}
		TRY(made_person(m, &in, f));
	}
	return OK;
}
