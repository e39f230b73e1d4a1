/* Hải Phòng: the objectives of the scheme 2023-2030 as targets, and records that meet them in each year since. */
#include "demo/places.h"
#include "demo/scenarios.h"

#include <assert.h>

static const struct {
	const char *code, *name, *kind, *sector; /* sector of what lies below */
	int places, weight;
} committees[] = {
	{ "HP-HB", "Đảng bộ quận Hồng Bàng", "DISTRICT", "street_group", 5, 90 },
	{ "HP-NQ", "Đảng bộ quận Ngô Quyền", "DISTRICT", "street_group", 5, 90 },
	{ "HP-LC", "Đảng bộ quận Lê Chân", "DISTRICT", "street_group", 5, 95 },
	{ "HP-HA", "Đảng bộ quận Hải An", "DISTRICT", "street_group", 4, 70 },
	{ "HP-KA", "Đảng bộ quận Kiến An", "DISTRICT", "street_group", 4, 75 },
	{ "HP-DS", "Đảng bộ quận Đồ Sơn", "DISTRICT", "street_group", 3, 55 },
	{ "HP-DK", "Đảng bộ quận Dương Kinh", "DISTRICT", "street_group", 3, 55 },
	{ "HP-TN", "Đảng bộ huyện Thủy Nguyên", "DISTRICT", "commune", 6, 100 },
	{ "HP-AD", "Đảng bộ huyện An Dương", "DISTRICT", "commune", 4, 75 },
	{ "HP-AL", "Đảng bộ huyện An Lão", "DISTRICT", "commune", 4, 75 },
	{ "HP-KT", "Đảng bộ huyện Kiến Thụy", "DISTRICT", "commune", 4, 75 },
	{ "HP-TL", "Đảng bộ huyện Tiên Lãng", "DISTRICT", "commune", 4, 80 },
	{ "HP-VB", "Đảng bộ huyện Vĩnh Bảo", "DISTRICT", "commune", 5, 85 },
	{ "HP-CH", "Đảng bộ huyện Cát Hải", "DISTRICT", "commune", 3, 45 },
	{ "HP-KDN", "Đảng bộ Khối Doanh nghiệp thành phố", "UPPER", "state_enterprise", 7, 70 },
	{ "HP-KTR", "Đảng bộ Khối Các trường đại học, cao đẳng", "UPPER", "school", 5, 60 },
	{ "HP-KCN", "Đảng bộ Khu kinh tế", "UPPER", "private_enterprise", 6, 45 },
	{ "HP-CA", "Đảng bộ Công an thành phố", "UPPER", "police", 4, 60 },
	{ "HP-QS", "Đảng bộ Quân sự thành phố", "UPPER", "army", 3, 50 },
};
enum { COMMITTEES = sizeof committees / sizeof *committees, PLACES_MAX = 96 };
enum { ENTERPRISES = 14, SCHOOLS = 15 }; /* committees whose places admit workers and students */

static const char *const names[] = {
	"An Bình", "Tân Hòa", "Phú Xuân", "Vĩnh Long", "Đông Hải", "Hòa Bình", "Thanh Sơn", "Quang Minh", "Nam Thành", "Trung Hòa", "Minh Tân",
	"Đại Thắng", "Hợp Đức", "Tiên Phong", "Bình Minh", "Cẩm Văn", "Thái Sơn", "Kim Sơn", "Việt Tiến", "Lập Lễ",
};

static const char *const peoples[] = { "kinh", NULL };

/* Grassroots committees, those of one committee side by side. */
struct ground {
	struct place v[PLACES_MAX];
	int n, first[COMMITTEES];
};

static const char *kind_of_place(const char *sector)
{
	static const char *const titles[][2] = {
		{ "commune", "xã" }, { "street_group", "phường" }, { "state_enterprise", "Công ty" }, { "private_enterprise", "Công ty TNHH" },
		{ "school", "Trường Cao đẳng" }, { "police", "Công an" }, { "army", "Ban Chỉ huy" },
	};
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
		if (text_equal(titles[i][0], sector))
			return titles[i][1];
	return "";
}

static void lay_out(struct made *m, struct ground *g)
{
	for (int c = 0; c < COMMITTEES; c++) {
		g->first[c] = g->n;
		for (int i = 0; i < committees[c].places; i++) {
			assert(g->n < PLACES_MAX);
			const char *name = names[(c * 7 + i) % (int)(sizeof names / sizeof *names)];
			g->v[g->n++] = (struct place){
				.code = made_text(m, "%s-%02d", committees[c].code, i + 1),
				.name = made_text(m, "Đảng bộ %s %s", kind_of_place(committees[c].sector), name),
				.kind = "GRASS_DB", .sector = committees[c].sector, .branches = 3 + (c + i) % 3, .weight = committees[c].weight,
			};
		}
	}
}

static enum err open_tree(struct made *m, struct ground *g, struct fault *f)
{
	TRY(made_unit(m, "HP", "Đảng bộ thành phố Hải Phòng", "PROVINCE", NULL, NULL, f));
	for (int c = 0; c < COMMITTEES; c++) {
		TRY(made_unit(m, committees[c].code, committees[c].name, committees[c].kind, "HP", NULL, f));
		TRY(places_open(m, committees[c].code, &g->v[g->first[c]], (size_t)committees[c].places, f));
	}
	return OK;
}

static enum err open_classes(struct made *m, struct fault *f)
{
	for (int32_t year = 2019; year <= day_ymd(m->today).year; year++)
		for (int half = 1; half <= 2; half++) {
			struct day to = day_of(year, half == 1 ? 4 : 9, 18 + half);
			const char *code = made_text(m, "HP-%d-%02d", year, half);
			const char *name = made_text(m, "Lớp bồi dưỡng nhận thức về Đảng %d/%d", half, year);
			if (to.n <= m->today.n)
				TRY(made_class(m, code, "HP", "awareness", name, to, 160, f));
		}
	return OK;
}

static const struct place *draw_below(struct made *m, const struct ground *g, int committee)
{
	return &g->v[g->first[committee] + rng_between(&m->rng, 0, committees[committee].places - 1)];
}

/* Of a hundred: 17 students, 23 workers; 17 people with a religion in a full year. */
static enum err admit_year(struct made *m, const struct ground *g, int32_t year, int count, struct fault *f)
{
	enum { STUDENTS = 17, WORKERS = 23, RELIGIOUS = 17 };
	static const char *const religions[] = { "cong_giao", "phat_giao", "cong_giao" };
	for (int i = 0; i < count; i++) {
		struct day decided = made_workday(m, day_of(year, 1, 4), day_of(year, 12, 31));
		struct places_person p = { .place = places_draw(m, g->v, (size_t)g->n), .decided = decided };
		int at = i * 37 % 100;
		p.has_kind = at < STUDENTS + WORKERS;
		p.kind = at < STUDENTS ? PEOPLE_STUDENT : PEOPLE_WORKER;
		if (p.has_kind)
			p.place = draw_below(m, g, at < STUDENTS ? SCHOOLS : ENTERPRISES + 2 * (at % 2));
		if ((i + 1) * RELIGIOUS / count > i * RELIGIOUS / count)
			p.religion = religions[rng_below(&m->rng, 3)];
		if (decided.n <= m->today.n)
			TRY(places_admit(m, &p, f));
	}
	return OK;
}

static enum err fill_classes(struct made *m, const struct ground *g, struct fault *f)
{
	struct places_stock stock = { .places = g->v, .places_n = (size_t)g->n, .moved = 30, .notified = 100 };
	for (size_t i = 0; i < m->classes_n; i++) {
		if (m->classes[i].seats > 40)
			m->classes[i].seats = 40;
		TRY(places_fill_class(m, &m->classes[i], &stock, f));
	}
	return OK;
}

static enum err set_targets(struct made *m, int32_t year, struct fault *f)
{
	static const struct {
		const char *indicator;
		int64_t low, high;
		bool at_least;
	} objectives[] = {
		{ "admitted_rate", 3000, 4000, false }, { "plans", 100000, -1, false }, { "student_share", 15000, -1, true },
		{ "worker_share", 20000, -1, true }, { "religious", 15000, 20000, false }, { "notified", 100000, -1, false },
	};
	const char *period = made_text(m, "%d", year);
	for (size_t i = 0; i < sizeof objectives / sizeof *objectives; i++) {
		struct made_target t = { "HP", objectives[i].indicator, "own", period, objectives[i].low, objectives[i].high,
			objectives[i].at_least, day_of(2022, 12, 20) };
		TRY(made_target(m, &t, f));
	}
	return OK;
}

enum err hai_phong_make(struct made *m, struct fault *f)
{
	enum { VETERANS = 6150, BEFORE_2023 = 250 };
	struct ground *g = arena_new(&m->keep, struct ground);
	m->opened = day_of(1945, 9, 2);
	m->province = "031";
	m->peoples = peoples;
	lay_out(m, g);
	TRY(open_tree(m, g, f));
	TRY(open_classes(m, f));
	TRY(places_veterans(m, g->v, (size_t)g->n, VETERANS, day_of(2021, 12, 20), 0, (struct period){ m->opened, m->opened }, f));
	TRY(admit_year(m, g, 2022, BEFORE_2023, f));
	for (int32_t year = 2023; year <= day_ymd(m->today).year; year++)
		TRY(admit_year(m, g, year, 222 + 5 * (year - 2023), f));
	TRY(fill_classes(m, g, f));
	for (int32_t year = 2023; year <= 2030; year++)
		TRY(set_targets(m, year, f));
	for (int32_t year = 2023; year <= day_ymd(m->today).year; year++)
		for (int c = 0; c < COMMITTEES; c++)
			TRY(made_plan(m, committees[c].code, year, f));
	return OK;
}
