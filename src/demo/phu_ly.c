/* Phủ Lý city: the term 2020-2025 to 26/3/2024 as its committee published it (Báo Hà Nam, June 2022; Thành ủy Phủ Lý, 2/4/2024), then
 * plausible activity until today. */
#include "demo/dossiers.h"
#include "demo/places.h"
#include "demo/scenarios.h"

#include <assert.h>
#include <string.h>

static const struct place places[] = {
#define PLACE(code, name, kind, sector, branches, weight, early, late22, in23, in24) { code, name, kind, sector, branches, weight },
#include "demo/phu_ly_places.def"
#undef PLACE
};

static const struct {
	int early, late22, in23, in24;
} admitted[] = {
#define PLACE(code, name, kind, sector, branches, weight, early, late22, in23, in24) { early, late22, in23, in24 },
#include "demo/phu_ly_places.def"
#undef PLACE
};

enum { PLACES = sizeof places / sizeof *places, SLOTS = 256 };
enum { PUPILS_ADMITTED = 5, YOUTH_2023 = 146, CATHOLICS_2023 = 9 };
enum { MEMBERS_2024 = 9805, LEFT_BETWEEN = 6, LEFT_BEFORE = 140, CLOSED_PEOPLE = 14 };

static const char *const peoples[] = {
	"kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh",
	"kinh", "muong", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "tay", "kinh", NULL,
};

/* How many of them had a ceremony by the day of the count. */
struct tally {
	struct day count_day;
	int members;
};

static const struct place *place_of(const char *code)
{
	for (size_t i = 0; i < PLACES; i++)
		if (strcmp(places[i].code, code) == 0)
			return &places[i];
	assert(false && "a place of the table");
	return NULL;
}

/* ---- classes ---- */

static enum err open_class(struct made *m, const char *code, const char *end, int seats, struct fault *f)
{
	struct day to;
	TRY(day_parse(end, "to", &to, f));
	const char *name = made_text(m, "Lớp bồi dưỡng nhận thức về Đảng %s", code + strlen("PL-"));
	return made_class(m, code, "PL", "awareness", name, to, seats, f);
}

/* No class for adults in the school year 2021-2022: the one for pupils is the only one then. */
static enum err open_classes(struct made *m, struct fault *f)
{
	static const struct {
		const char *code, *end;
		int seats;
	} classes[] = {
		{ "PL-2018-01", "2018-05-18", 60 }, { "PL-2018-02", "2018-10-19", 60 }, { "PL-2019-01", "2019-04-19", 65 },
		{ "PL-2019-02", "2019-09-20", 65 }, { "PL-2020-01", "2020-06-19", 60 }, { "PL-2020-02", "2020-10-16", 60 },
		{ "PL-2021-01", "2021-04-16", 60 }, { "PL-2021-02", "2021-08-20", 60 }, { "PL-2022-01", "2022-09-23", 75 },
		{ "PL-2022-02", "2022-11-18", 75 }, { "PL-2023-01", "2023-04-21", 120 }, { "PL-2023-02", "2023-09-22", 120 },
	};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		TRY(open_class(m, classes[i].code, classes[i].end, classes[i].seats, f));
	for (int32_t year = 2024; year <= day_ymd(m->today).year; year++)
		for (int half = 1; half <= 2; half++) {
			const char *end = made_text(m, "%d-%s", year, half == 1 ? "05-17" : "09-20");
			struct day to = day_of(year, half == 1 ? 5 : 9, half == 1 ? 17 : 20);
			if (to.n <= m->today.n)
				TRY(open_class(m, made_text(m, "PL-%d-%02d", year, half), end, year == 2024 ? 110 + 5 * half : 130, f));
		}
	TRY(made_class(m, "PL-2022-HS", "PL", "awareness_student", "Lớp bồi dưỡng nhận thức về Đảng cho học sinh, sinh viên năm 2022",
		day_of(2022, 1, 21), 69, f));
	made_class_find(m, "PL-2022-HS")->reserved = true;
	return OK;
}

/* ---- people admitted ---- */

static enum err admit(struct made *m, struct places_person *p, struct tally *t, struct fault *f)
{
	TRY(places_admit(m, p, f));
	t->members += day_known(m->last_ceremony) && m->last_ceremony.n <= t->count_day.n;
	return OK;
}

/* Five pupils of Trường THPT chuyên Biên Hòa, admitted by early June 2022 out of the class of that school year. */
static enum err admit_pupils(struct made *m, struct tally *t, struct fault *f)
{
	for (int i = 0; i < PUPILS_ADMITTED; i++) {
		struct places_person p = { .place = place_of("PL-BH"), .has_kind = true, .kind = PEOPLE_PUPIL, .youth = YOUTH_YES };
		p.decided = made_workday(m, day_of(2022, 5, 9), day_of(2022, 6, 3));
		p.class_ = made_class_find(m, "PL-2022-HS");
		p.always_in_time = true;
		TRY(admit(m, &p, t, f));
	}
	return OK;
}

static void shuffle(struct made *m, int *v, int n)
{
	for (int i = n - 1; i > 0; i--) {
		int j = rng_between(&m->rng, 0, i), x = v[i];
		v[i] = v[j];
		v[j] = x;
	}
}

/* The organisations of those admitted from 2020 to 5/6/2022, one as often as it admitted; without the five pupils. */
static int early_slots(struct made *m, int slots[SLOTS])
{
	int n = 0;
	for (int i = 0; i < PLACES; i++) {
		int count = admitted[i].early - (strcmp(places[i].code, "PL-BH") == 0 ? PUPILS_ADMITTED : 0);
		for (int k = 0; k < count; k++) {
			assert(n < SLOTS);
			slots[n++] = i;
		}
	}
	shuffle(m, slots, n);
	return n;
}

static const char *catholic(struct made *m, uint32_t percent)
{
	return made_chance(m, percent) ? "cong_giao" : NULL;
}

static enum err admit_early(struct made *m, struct tally *t, struct fault *f)
{
	enum { IN_2020 = 101, IN_2021 = 102 };
	int slots[SLOTS];
	int n = early_slots(m, slots);
	for (int i = 0; i < n; i++) {
		struct places_person p = { .place = &places[slots[i]], .religion = catholic(m, 3) };
		if (i < IN_2020 + IN_2021)
			p.decided = i < IN_2020 ? made_workday(m, day_of(2020, 1, 2), day_of(2020, 12, 31)) :
						  made_workday(m, day_of(2021, 1, 2), day_of(2021, 12, 31));
		else
			p.decided = made_workday(m, day_of(2022, 1, 4), day_of(2022, 6, 3));
		TRY(admit(m, &p, t, f));
	}
	return admit_pupils(m, t, f);
}

static enum err admit_2023(struct made *m, struct tally *t, struct fault *f)
{
	enum { IN_2023 = 201 };
	int flags[IN_2023], k = 0;
	for (int i = 0; i < IN_2023; i++)
		flags[i] = i;
	shuffle(m, flags, IN_2023);
	for (int i = 0; i < PLACES; i++)
		for (int j = 0; j < admitted[i].in23; j++, k++) {
			struct places_person p = { .place = &places[i], .youth = flags[k] < YOUTH_2023 ? YOUTH_YES : YOUTH_NO };
			p.religion = flags[k] % 20 == 0 && flags[k] / 20 < CATHOLICS_2023 ? "cong_giao" : NULL;
			p.decided = made_workday(m, day_of(2023, 1, 3), day_of(2023, 12, 29));
			TRY(admit(m, &p, t, f));
		}
	assert(k == IN_2023);
	return OK;
}

static enum err admit_few(struct made *m, struct tally *t, struct fault *f)
{
	for (int i = 0; i < PLACES; i++) {
		for (int j = 0; j < admitted[i].late22; j++) {
			struct places_person p = { .place = &places[i], .decided = made_workday(m, day_of(2022, 7, 11), day_of(2022, 12, 30)) };
			TRY(admit(m, &p, t, f));
		}
		for (int j = 0; j < admitted[i].in24; j++) {
			struct places_person p = { .place = &places[i], .decided = made_workday(m, day_of(2024, 1, 3), day_of(2024, 3, 25)) };
			TRY(admit(m, &p, t, f));
		}
	}
	return OK;
}

/* ---- after 26/3/2024 ---- */

/* An organisation drawn as often as it admitted in 2023. */
static const struct place *draw_busy(struct made *m)
{
	int at = rng_between(&m->rng, 0, 200), i = 0;
	for (; at >= admitted[i].in23; i++)
		at -= admitted[i].in23;
	return &places[i];
}

static enum err admit_since(struct made *m, struct tally *t, struct fault *f)
{
	for (int32_t year = 2024; year <= day_ymd(m->today).year; year++) {
		struct day from = year == 2024 ? day_of(2024, 3, 27) : day_of(year, 1, 4), to = day_of(year, 12, 31);
		int count = year == 2024 ? 195 : 190;
		for (int i = 0; i < count; i++) {
			struct places_person p = { .place = draw_busy(m), .decided = made_workday(m, from, to), .religion = catholic(m, 4) };
			if (p.decided.n <= m->today.n)
				TRY(admit(m, &p, t, f));
		}
	}
	return OK;
}

/* People whom somebody keeps waiting: the last step done and how long ago the decision was to come or came. */
static enum err leave_waiting(struct made *m, struct fault *f)
{
	static const struct {
		enum chain_step last;
		int people, days_ago;
	} waiting[] = { { CHAIN_GRASSROOTS, 4, 40 }, { CHAIN_RECEIVED, 3, 75 }, { CHAIN_CEREMONY, 4, 450 }, { CHAIN_DECISION, 2, 12 } };
	for (size_t i = 0; i < sizeof waiting / sizeof *waiting; i++)
		for (int k = 0; k < waiting[i].people; k++) {
			struct places_person p = { .place = draw_busy(m), .last = waiting[i].last };
			p.decided = made_workday(m, day_add(m->today, -waiting[i].days_ago - 20), day_add(m->today, -waiting[i].days_ago));
			TRY(places_admit(m, &p, f));
		}
	return OK;
}

/* Branch meetings of the last weeks, with the counts of their minutes; two of them missed two thirds. */
static enum err hold_votes(struct made *m, struct fault *f)
{
	enum { MEETINGS = 14, MISSED = 2 };
	for (int i = 0; i < MEETINGS; i++) {
		struct places_person p = { .place = draw_busy(m), .decided = day_add(m->today, -5), .last = CHAIN_DOSSIER };
		TRY(places_admit(m, &p, f));
		int share = i < MISSED ? 60 : rng_between(&m->rng, 70, 100);
		TRY(made_vote(m, m->last_person, "branch_vote", made_workday(m, day_add(m->today, -20), day_add(m->today, -1)), share, f));
	}
	return OK;
}

/* Chains whose decision lies ahead, cut at today: people at every step; some are sources or on the list only. */
static enum err fill_pipeline(struct made *m, struct fault *f)
{
	TRY(hold_votes(m, f));
	TRY(leave_waiting(m, f));
	for (int i = 0; i < 160; i++) {
		static const enum chain_step last[8] = { CHAIN_SOURCE, CHAIN_LIST, CHAIN_LIST };
		struct places_person p = { .place = draw_busy(m), .last = last[i % 8] };
		p.decided = day_add(m->today, rng_between(&m->rng, 1, 300));
		TRY(places_admit(m, &p, f));
	}
	return OK;
}

/* ---- those who wait with a certificate ---- */

static enum err fill_pupils(struct made *m, struct fault *f)
{
	enum { FROM_BIEN_HOA = 33 };
	struct made_class *c = made_class_find(m, "PL-2022-HS");
	struct places_stock own = { .places = place_of("PL-BH"), .places_n = 1, .has_kind = true, .kind = PEOPLE_PUPIL };
	own.moved = 75;
	own.notified = 92;
	int others = c->seats - (FROM_BIEN_HOA - PUPILS_ADMITTED);
	c->seats -= others;
	TRY(places_fill_class(m, c, &own, f));
	c->seats = others;
	const struct place schools[] = { *place_of("PL-PLA"), *place_of("PL-PLB"), *place_of("PL-PLC"), *place_of("PL-CDN") };
	own.places = schools;
	own.places_n = sizeof schools / sizeof *schools;
	return places_fill_class(m, c, &own, f);
}

static enum err fill_classes(struct made *m, struct fault *f)
{
	struct places_stock stock = { .places = places, .places_n = PLACES, .moved = 25, .notified = 90 };
	TRY(fill_pupils(m, f));
	for (size_t i = 0; i < m->classes_n; i++)
		TRY(places_fill_class(m, &m->classes[i], &stock, f));
	return OK;
}

/* ---- members of long standing, and the branch that closed ---- */

static enum err close_one(struct made *m, struct fault *f)
{
	struct day on = day_of(2023, 7, 1);
	for (int i = 0; i < CLOSED_PEOPLE; i++) {
		struct person_record_in in, moved = person_record_none();
		people_invent(m, PEOPLE_WORKER, YOUTH_NO, day_of(2015, 6, 1), &in);
		in.unit = "PL-CTCN";
		in.ceremony = made_workday(m, day_of(2012, 1, 3), day_of(2019, 11, 29));
		in.official = day_add_months(in.ceremony, 12);
		moved.name = made_text(m, "%s", in.name);
		moved.id_number = made_text(m, "%s", in.id_number);
		moved.birth = in.birth;
		moved.unit = "PL-CTMT";
		moved.since = on;
		TRY(made_person(m, &in, f));
		TRY(made_person(m, &moved, f));
	}
	return made_unit_close(m, "PL-CTCN", on, f);
}

static enum err add_veterans(struct made *m, const struct tally *t, struct fault *f)
{
	struct day before = day_of(2019, 12, 20), yesterday = day_add(m->today, -1);
	int stay = MEMBERS_2024 - t->members - CLOSED_PEOPLE;
	int left_since = 60 * (yesterday.n - day_of(2024, 4, 1).n) / 365;
	struct period first = { day_of(2020, 1, 6), day_of(2022, 5, 27) }, between = { day_of(2022, 6, 13), day_of(2024, 3, 15) };
	TRY(places_veterans(m, places, PLACES, LEFT_BEFORE, before, LEFT_BEFORE, first, f));
	TRY(places_veterans(m, places, PLACES, LEFT_BETWEEN, before, LEFT_BETWEEN, between, f));
	if (left_since > 0)
		TRY(places_veterans(m, places, PLACES, left_since, before, left_since, (struct period){ day_of(2024, 4, 1), yesterday }, f));
	return places_veterans(m, places, PLACES, stay - left_since, before, 0, (struct period){ before, before }, f);
}

/* ---- targets and plans ---- */

static enum err set_targets(struct made *m, struct fault *f)
{
	static const struct {
		const char *indicator, *kind, *period;
		int64_t low;
		bool at_least;
		const char *decided;
	} targets[] = {
		{ "admitted", "assigned", "2020-2025", 500, false, "2020-01-10" },
		{ "admitted", "term", "2020-2025", 500, true, "2020-06-30" },
		{ "admitted", "own", "2020", 100, true, "2020-06-30" },
		{ "admitted", "own", "2021", 100, true, "2020-06-30" },
		{ "admitted", "own", "2022", 100, true, "2020-06-30" },
		{ "admitted", "own", "2023", 100, true, "2020-06-30" },
		{ "admitted", "assigned", "2024", 205, false, "2024-02-20" },
		{ "admitted", "own", "2024", 200, true, "2024-04-02" },
		{ "class_places", "own", "2024", 150, true, "2024-04-02" },
		{ "admitted", "own", "2025", 200, true, "2025-02-14" },
	};
	for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
		struct made_target t = { "PL", targets[i].indicator, targets[i].kind, targets[i].period, targets[i].low * 1000, -1,
			targets[i].at_least, DAY_NONE };
		TRY(day_parse(targets[i].decided, "decided", &t.decided, f));
		if (t.decided.n <= m->today.n)
			TRY(made_target(m, &t, f));
	}
	return OK;
}

/* The city's 205 of 2024 handed down (4 more than what each admitted in 2023), and 201 in each later year. */
static enum err hand_down(struct made *m, int32_t year, struct fault *f)
{
	const char *period = made_text(m, "%d", year);
	struct day decided = year == 2024 ? day_of(2024, 4, 2) : day_of(year, 2, 14);
	if (decided.n > m->today.n)
		return OK;
	if (year > 2024)
		TRY(made_target(m, &(struct made_target){ "PL", "admitted", "assigned", period, 201000, -1, false, decided }, f));
	for (int i = 0; i < PLACES; i++) {
		struct made_target t = { places[i].code, "admitted", "assigned", period, 0, -1, false, decided };
		t.low = 1000 * (admitted[i].in23 + (year == 2024 && i < 4));
		if (t.low > 0)
			TRY(made_target(m, &t, f));
	}
	return OK;
}

static enum err plan(struct made *m, struct fault *f)
{
	TRY(set_targets(m, f));
	for (int32_t year = 2020; year <= day_ymd(m->today).year; year++) {
		if (year >= 2024)
			TRY(hand_down(m, year, f));
		for (int i = 0; i < PLACES; i++)
			if (!made_chance(m, 6) && !(year > 2022 && strcmp(places[i].code, "PL-CTCN") == 0))
				TRY(made_plan(m, places[i].code, year, f));
	}
	return OK;
}

enum err phu_ly_make(struct made *m, struct fault *f)
{
	struct tally t = { .count_day = day_of(2024, 3, 26) };
	m->opened = day_of(1945, 9, 2);
	m->province = "035";
	m->peoples = peoples;
	TRY(made_unit(m, "PL", "Đảng bộ thành phố Phủ Lý", "DISTRICT", NULL, NULL, f));
	TRY(places_open(m, "PL", places, PLACES, f));
	TRY(open_classes(m, f));
	TRY(admit_early(m, &t, f));
	TRY(admit_few(m, &t, f));
	TRY(admit_2023(m, &t, f));
	TRY(admit_since(m, &t, f));
	TRY(fill_pipeline(m, f));
	TRY(fill_classes(m, f));
	TRY(add_veterans(m, &t, f));
	TRY(close_one(m, f));
	TRY(dossiers_fill(m, f));
	return plan(m, f);
}
