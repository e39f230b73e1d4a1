/* The agencies bloc of Lâm Đồng: the first half of 2021 as published on 8/7/2021, fed by the four classes of 2020, and the years
 * around it. */
#include "demo/places.h"
#include "demo/scenarios.h"

static const struct place places[] = {
	{ "KLD-VPTU", "Đảng bộ Văn phòng Tỉnh ủy", "GRASS_DB", "organ", 4, 70 },
	{ "KLD-UBND", "Đảng bộ Văn phòng Ủy ban nhân dân tỉnh", "GRASS_DB", "organ", 5, 80 },
	{ "KLD-GDDT", "Đảng bộ Sở Giáo dục và Đào tạo", "GRASS_DB", "organ", 5, 90 },
	{ "KLD-YT", "Đảng bộ Sở Y tế", "GRASS_DB", "organ", 4, 70 },
	{ "KLD-NN", "Đảng bộ Sở Nông nghiệp và Phát triển nông thôn", "GRASS_DB", "organ", 9, 190 },
	{ "KLD-XD", "Đảng bộ Sở Xây dựng", "GRASS_DB", "organ", 4, 60 },
	{ "KLD-GTVT", "Đảng bộ Sở Giao thông vận tải", "GRASS_DB", "organ", 4, 60 },
	{ "KLD-TC", "Đảng bộ Sở Tài chính", "GRASS_DB", "organ", 3, 50 },
	{ "KLD-TNMT", "Đảng bộ Sở Tài nguyên và Môi trường", "GRASS_DB", "organ", 6, 110 },
	{ "KLD-VHTT", "Đảng bộ Sở Văn hóa, Thể thao và Du lịch", "GRASS_DB", "organ", 6, 90 },
	{ "KLD-TA", "Đảng bộ Tòa án nhân dân tỉnh", "GRASS_DB", "organ", 3, 50 },
	{ "KLD-VKS", "Đảng bộ Viện Kiểm sát nhân dân tỉnh", "GRASS_DB", "organ", 3, 50 },
	{ "KLD-BV", "Đảng bộ Bệnh viện Đa khoa tỉnh", "GRASS_DB", "hospital", 9, 160 },
	{ "KLD-BVN", "Đảng bộ Bệnh viện Nhi", "GRASS_DB", "hospital", 4, 50 },
	{ "KLD-CDSP", "Đảng bộ Trường Cao đẳng Sư phạm Đà Lạt", "GRASS_DB", "school", 5, 80 },
	{ "KLD-CDN", "Đảng bộ Trường Cao đẳng nghề Đà Lạt", "GRASS_DB", "school", 5, 70 },
	{ "KLD-CDYT", "Đảng bộ Trường Cao đẳng Y tế", "GRASS_DB", "school", 4, 50 },
	{ "KLD-BHXH", "Đảng bộ Bảo hiểm xã hội tỉnh", "GRASS_DB", "organ", 4, 60 },
	{ "KLD-DTN", "Chi bộ Tỉnh đoàn", "GRASS_CB", "organ", 0, 22 },
	{ "KLD-PN", "Chi bộ Hội Liên hiệp Phụ nữ tỉnh", "GRASS_CB", "organ", 0, 20 },
	{ "KLD-ND", "Chi bộ Hội Nông dân tỉnh", "GRASS_CB", "organ", 0, 18 },
	{ "KLD-MT", "Chi bộ Ủy ban Mặt trận Tổ quốc tỉnh", "GRASS_CB", "organ", 0, 20 },
	{ "KLD-DT", "Chi bộ Ban Dân tộc", "GRASS_CB", "organ", 0, 18 },
	{ "KLD-TT", "Chi bộ Thanh tra tỉnh", "GRASS_CB", "organ", 0, 25 },
	{ "KLD-BAO", "Chi bộ Báo Lâm Đồng", "GRASS_CB", "organ", 0, 35 },
	{ "KLD-TV", "Chi bộ Thư viện tỉnh", "GRASS_CB", "organ", 0, 16 },
};
enum { PLACES = sizeof places / sizeof *places, SCHOOL = 14, VETERANS = 1500 };

static const char *const peoples[] = {
	"kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "kinh", "co_ho", "kinh", "kinh", "kinh", "kinh", "ma",
	"kinh", "kinh", "chu_ru", "kinh", "kinh", "kinh", "tay", "kinh", "kinh", "nung", NULL,
};

/* What the report says of the 52: level, how many, and how many of them in the age of the Youth Union. */
static const struct {
	const char *education;
	int people, youth;
} half_2021[] = { { "master", 14, 0 }, { "university", 27, 4 }, { "college", 3, 1 }, { "intermediate", 3, 1 } };
enum { STUDENTS_2021 = 5, OF_2019 = 8 };

static enum err open_classes(struct made *m, struct fault *f)
{
	static const struct {
		const char *code, *end;
		int seats;
	} classes[] = {
		{ "KLD-2016-01", "2016-10-14", 60 }, { "KLD-2017-01", "2017-05-19", 60 }, { "KLD-2018-01", "2018-05-18", 60 },
		{ "KLD-2019-01", "2019-04-19", 60 }, { "KLD-2019-02", "2019-10-18", 40 }, { "KLD-2020-01", "2020-05-22", 58 },
		{ "KLD-2020-02", "2020-07-17", 58 }, { "KLD-2020-03", "2020-09-18", 58 }, { "KLD-2020-04", "2020-10-23", 59 },
		{ "KLD-2021-01", "2021-10-22", 60 }, { "KLD-2022-01", "2022-05-20", 60 }, { "KLD-2022-02", "2022-09-23", 60 },
		{ "KLD-2023-01", "2023-05-19", 60 }, { "KLD-2023-02", "2023-09-22", 60 }, { "KLD-2024-01", "2024-05-17", 60 },
	};
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		struct day to;
		TRY(day_parse(classes[i].end, "to", &to, f));
		const char *name = made_text(m, "Lớp bồi dưỡng nhận thức về Đảng %s", classes[i].code + 4);
		TRY(made_class(m, classes[i].code, "KLD", "awareness", name, to, classes[i].seats, f));
	}
	return OK;
}

static enum err admit(struct made *m, int count, struct day from, struct day to, struct fault *f)
{
	for (int i = 0; i < count; i++) {
		struct places_person p = { .place = places_draw(m, places, PLACES), .decided = made_workday(m, from, to) };
		TRY(places_admit(m, &p, f));
	}
	return OK;
}

static enum err admit_one(struct made *m, struct places_person p, struct fault *f)
{
	p.decided = made_workday(m, day_of(2021, 1, 11), day_of(2021, 6, 30));
	return places_admit(m, &p, f);
}

static enum err admit_students(struct made *m, struct fault *f)
{
	for (int i = 0; i < STUDENTS_2021; i++)
		TRY(admit_one(m, (struct places_person){ .place = &places[SCHOOL], .branch = "KLD-CDSP-SV", .youth = YOUTH_YES,
			.has_kind = true, .kind = PEOPLE_STUDENT }, f));
	return OK;
}

/* The first eight of them hold certificates of 2019, the others of 2020. */
static enum err admit_half_2021(struct made *m, struct fault *f)
{
	int n = 0;
	for (size_t g = 0; g < sizeof half_2021 / sizeof *half_2021; g++)
		for (int i = 0; i < half_2021[g].people; i++, n++) {
			struct places_person p = { .place = places_draw(m, places, PLACES), .education = half_2021[g].education };
			p.youth = i < half_2021[g].youth ? YOUTH_YES : YOUTH_NO;
			p.class_ = n < OF_2019 ? made_class_find(m, "KLD-2019-02") : NULL;
			TRY(admit_one(m, p, f));
		}
	return admit_students(m, f);
}

/* The classes of 2020 feed 2021, not the year itself. */
static void reserve_2020(struct made *m, bool reserved)
{
	for (size_t i = 0; i < m->classes_n; i++)
		if (day_ymd(m->classes[i].to).year == 2020)
			m->classes[i].reserved = reserved;
}

static enum err admit_all(struct made *m, struct fault *f)
{
	reserve_2020(m, true);
	made_class_find(m, "KLD-2019-02")->reserved = true;
	TRY(admit(m, 52, day_of(2018, 1, 8), day_of(2018, 12, 28), f));
	TRY(admit(m, 55, day_of(2019, 1, 7), day_of(2019, 12, 27), f));
	TRY(admit(m, 58, day_of(2020, 1, 6), day_of(2020, 12, 28), f));
	reserve_2020(m, false);
	TRY(admit_half_2021(m, f));
	TRY(admit(m, 33, day_of(2021, 7, 12), day_of(2021, 12, 30), f));
	TRY(admit(m, 84, day_of(2022, 1, 10), day_of(2022, 12, 29), f));
	TRY(admit(m, 81, day_of(2023, 1, 9), day_of(2023, 12, 29), f));
	return admit(m, 83, day_of(2024, 1, 8), day_of(2024, 12, 27), f);
}

static enum err fill_classes(struct made *m, struct fault *f)
{
	struct places_stock stock = { .places = places, .places_n = PLACES, .moved = 12, .notified = 80 };
	for (size_t i = 0; i < m->classes_n; i++)
		TRY(places_fill_class(m, &m->classes[i], &stock, f));
	return OK;
}

static enum err plan(struct made *m, struct fault *f)
{
	for (int32_t year = 2021; year <= 2024; year++) {
		struct made_target t = { "KLD", "admitted", "assigned", made_text(m, "%d", year), 80000, -1, true, day_of(year, 1, 14) };
		TRY(made_target(m, &t, f));
		for (int i = 0; i < PLACES; i++)
			TRY(made_plan(m, places[i].code, year, f));
	}
	return OK;
}

enum err lam_dong_make(struct made *m, struct fault *f)
{
	m->opened = day_of(1945, 9, 2);
	m->province = "068";
	m->peoples = peoples;
	TRY(made_unit(m, "KLD", "Đảng bộ Khối Các cơ quan tỉnh Lâm Đồng", "UPPER", NULL, "organ", f));
	TRY(places_open(m, "KLD", places, PLACES, f));
	TRY(made_unit(m, "KLD-CDSP-SV", "Chi bộ Sinh viên", "BRANCH", "KLD-CDSP", "school", f));
	TRY(open_classes(m, f));
	TRY(admit_all(m, f));
	TRY(fill_classes(m, f));
	TRY(places_veterans(m, places, PLACES, VETERANS, day_of(2017, 12, 20), 0, (struct period){ m->opened, m->opened }, f));
	return plan(m, f);
}
