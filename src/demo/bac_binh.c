/* Bắc Bình district up to the end of 2018: the residential branches and the difficulties that its report of 9/5/2018 names. */
#include "demo/places.h"
#include "demo/scenarios.h"

#include <string.h>

static const struct place places[] = {
	{ "BB-CL", "Đảng bộ thị trấn Chợ Lầu", "GRASS_DB", "street_group", 7, 130 },
	{ "BB-LS", "Đảng bộ thị trấn Lương Sơn", "GRASS_DB", "street_group", 7, 120 },
	{ "BB-PRT", "Đảng bộ xã Phan Rí Thành", "GRASS_DB", "commune", 6, 90 },
	{ "BB-PHI", "Đảng bộ xã Phan Hiệp", "GRASS_DB", "commune", 4, 60 },
	{ "BB-PHO", "Đảng bộ xã Phan Hòa", "GRASS_DB", "commune", 4, 60 },
	{ "BB-PT", "Đảng bộ xã Phan Thanh", "GRASS_DB", "commune", 5, 65 },
	{ "BB-PD", "Đảng bộ xã Phan Điền", "GRASS_DB", "commune", 3, 35 },
	{ "BB-PL", "Đảng bộ xã Phan Lâm", "GRASS_DB", "commune", 3, 35 },
	{ "BB-PS", "Đảng bộ xã Phan Sơn", "GRASS_DB", "commune", 4, 40 },
	{ "BB-PTI", "Đảng bộ xã Phan Tiến", "GRASS_DB", "commune", 2, 25 },
	{ "BB-BA", "Đảng bộ xã Bình An", "GRASS_DB", "commune", 4, 60 },
	{ "BB-BT", "Đảng bộ xã Bình Tân", "GRASS_DB", "commune", 4, 55 },
	{ "BB-SB", "Đảng bộ xã Sông Bình", "GRASS_DB", "commune", 5, 60 },
	{ "BB-SL", "Đảng bộ xã Sông Lũy", "GRASS_DB", "commune", 5, 70 },
	{ "BB-HN", "Đảng bộ xã Hải Ninh", "GRASS_DB", "commune", 5, 65 },
	{ "BB-HT", "Đảng bộ xã Hồng Thái", "GRASS_DB", "commune", 6, 90 },
	{ "BB-HTH", "Đảng bộ xã Hòa Thắng", "GRASS_DB", "commune", 5, 75 },
	{ "BB-HP", "Đảng bộ xã Hồng Phong", "GRASS_DB", "commune", 3, 35 },
	{ "BB-CA", "Đảng bộ Công an huyện", "GRASS_DB", "police", 4, 60 },
	{ "BB-QS", "Đảng bộ Quân sự huyện", "GRASS_DB", "army", 2, 30 },
	{ "BB-YT", "Đảng bộ Trung tâm Y tế huyện", "GRASS_DB", "hospital", 3, 50 },
	{ "BB-GD", "Chi bộ Phòng Giáo dục và Đào tạo", "GRASS_CB", "organ", 0, 25 },
	{ "BB-VP", "Chi bộ Văn phòng Huyện ủy", "GRASS_CB", "organ", 0, 25 },
	{ "BB-THPT", "Chi bộ Trường THPT Bắc Bình", "GRASS_CB", "school", 0, 35 },
};
enum { PLACES = sizeof places / sizeof *places, RESIDENTIAL = 18, VETERANS = 1900, FIRST_YEAR = 2014, LAST_YEAR = 2018 };

static const char *const peoples[] = {
	"kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "cham", "cham", "ra_glai", "co_ho", "nung", "tay", "hoa", NULL,
};

/* The last branch of every second commune neither plans nor admits. */
static bool is_idle(int place, int branch)
{
	return place < RESIDENTIAL && place % 2 == 1 && branch == places[place].branches;
}

static enum err open_classes(struct made *m, struct fault *f)
{
	for (int32_t year = FIRST_YEAR - 2; year <= LAST_YEAR; year++) {
		const char *code = made_text(m, "BB-%d-01", year), *name = made_text(m, "Lớp bồi dưỡng nhận thức về Đảng năm %d", year);
		TRY(made_class(m, code, "BB", "awareness", name, day_of(year, 6, 15), 120, f));
	}
	return OK;
}

/* Most come from the Youth Union; from 2014 to 2016 nobody from the farmers, women or veterans, later a few. */
static const char *introducer(struct made *m, int32_t year)
{
	static const char *const few[] = { "women", "farmers", "veterans" };
	if (year >= 2017 && made_chance(m, 8))
		return few[rng_below(&m->rng, 3)];
	if (made_chance(m, 82))
		return "youth_union";
	return made_chance(m, 50) ? "branch" : "fatherland_front";
}

static enum err admit_one(struct made *m, int32_t year, struct fault *f)
{
	int place = (int)(places_draw(m, places, PLACES) - places);
	struct places_person p = { .place = &places[place], .introducer = introducer(m, year) };
	int branch = places[place].branches ? rng_between(&m->rng, 1, places[place].branches) : 0;
	if (branch && is_idle(place, branch))
		branch = 1;
	if (branch)
		p.branch = made_text(m, "%s-%02d", places[place].code, branch);
	p.decided = made_workday(m, day_of(year, 1, 5), day_of(year, 12, 28));
	return places_admit(m, &p, f);
}

static enum err plan_branches(struct made *m, int32_t year, struct fault *f)
{
	for (int i = 0; i < RESIDENTIAL; i++)
		for (int b = 1; b <= places[i].branches; b++)
			if (!is_idle(i, b))
				TRY(made_plan(m, made_text(m, "%s-%02d", places[i].code, b), year, f));
	return OK;
}

static enum err plan(struct made *m, int32_t year, struct fault *f)
{
	const char *period = made_text(m, "%d", year);
	struct day decided = day_of(year, 1, 15);
	TRY(made_target(m, &(struct made_target){ "BB", "admitted", "assigned", period, 100000, -1, false, decided }, f));
	for (int i = 0; i < PLACES; i++) {
		int64_t quota = i < RESIDENTIAL ? places[i].branches : 2;
		TRY(made_plan(m, places[i].code, year, f));
		TRY(made_target(m, &(struct made_target){ places[i].code, "admitted", "assigned", period, quota * 1000, -1, false, decided }, f));
	}
	return plan_branches(m, year, f);
}

enum err bac_binh_make(struct made *m, struct fault *f)
{
	struct places_stock stock = { .places = places, .places_n = RESIDENTIAL, .moved = 35, .notified = 50 };
	m->opened = day_of(1945, 9, 2);
	m->province = "060";
	m->peoples = peoples;
	TRY(made_unit(m, "BB", "Đảng bộ huyện Bắc Bình", "DISTRICT", NULL, NULL, f));
	TRY(places_open(m, "BB", places, PLACES, f));
	TRY(open_classes(m, f));
	for (int32_t year = FIRST_YEAR; year <= LAST_YEAR; year++) {
		TRY(plan(m, year, f));
		for (int i = 0; i < 104 + 2 * (year - FIRST_YEAR); i++)
			TRY(admit_one(m, year, f));
	}
	for (size_t i = 0; i < m->classes_n; i++)
		TRY(places_fill_class(m, &m->classes[i], &stock, f));
	return places_veterans(m, places, PLACES, VETERANS, day_of(2013, 12, 20), 0, (struct period){ m->opened, m->opened }, f);
}
