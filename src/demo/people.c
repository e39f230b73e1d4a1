#include "demo/people.h"

#include <assert.h>

enum { ADULT_DAYS = 18 * 365 + 5 + 150, /* 18 years, and the months from the branch's first look to the decision */ YOUTH_YEARS = 30 };

static const char *const families[] = {
	"Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Phạm", "Hoàng", "Vũ", "Bùi", "Đặng", "Đỗ", "Hồ",
	"Ngô", "Dương", "Đoàn", "Trịnh", "Mai", "Tạ", "Chu", "Lương", "Cao", "Phan", "Trương", "Vương",
};
static const char *const men_middle[] = {
	"Văn", "Văn", "Hữu", "Đình", "Quốc", "Minh", "Xuân", "Thế", "Công", "Ngọc", "Bá", "Duy", "Anh", "Trung", "Tiến", "Gia",
};
static const char *const women_middle[] = {
	"Thị", "Thị", "Thị Thu", "Thị Ngọc", "Thị Minh", "Thị Bích", "Thị Lan", "Thùy", "Khánh", "Phương", "Thị Mai", "Thị Như", "Hoài",
};
static const char *const men_given[] = {
	"An", "Bình", "Bảo", "Cảnh", "Chiến", "Dân", "Đạt", "Điền", "Định", "Đức", "Giang", "Hải", "Hiệp", "Hiếu", "Hòa", "Hoan", "Huân",
	"Hưng", "Khang", "Khánh", "Khoa", "Kiên", "Lộc", "Long", "Luân", "Nam", "Nghĩa", "Nguyên", "Nhân", "Phong", "Phú", "Quân", "Quý",
	"Sáng", "Sơn", "Tài", "Tân", "Thành", "Thắng", "Thịnh", "Thuận", "Tùng", "Tuấn", "Việt", "Vinh",
};
static const char *const women_given[] = {
	"Anh", "Ánh", "Chi", "Cúc", "Diệp", "Dung", "Duyên", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hồng", "Huyền", "Khuê", "Lan", "Liên",
	"Liễu", "Loan", "Mai", "My", "Nga", "Nguyệt", "Nhàn", "Nhung", "Oanh", "Phượng", "Quyên", "Sen", "Tâm", "Thảo", "Thơm", "Thu",
	"Trang", "Trinh", "Tuyết", "Uyên", "Vân", "Xuân", "Yến",
};

#define PICK(m, list) ((list)[rng_below(&(m)->rng, sizeof(list) / sizeof *(list))])

static const struct {
	const char *occupation;
	int youngest, oldest; /* years; the youngest of pupils and students come of age that very year */
	uint32_t women;       /* in a hundred */
	const char *education[6];
	const char *introducer;
} kinds[PEOPLE__COUNT] = {
	[PEOPLE_TEACHER] = { "public_service", 23, 45, 72, { "university", "university", "university", "university", "master", "college" },
		"trade_union" },
	[PEOPLE_DOCTOR] = { "public_service", 24, 45, 58, { "university", "university", "university", "master", "college", "intermediate" },
		"trade_union" },
	[PEOPLE_CIVIL_SERVANT] = { "civil_servant", 24, 45, 45, { "university", "university", "university", "university", "master", "master" },
		"trade_union" },
	[PEOPLE_PARTY_STAFF] = { "party_staff", 24, 40, 45, { "university", "university", "university", "university", "master", "university" },
		"trade_union" },
	[PEOPLE_COMMUNE_STAFF] = { "commune_staff", 23, 45, 45,
		{ "university", "university", "university", "college", "intermediate", "university" }, "branch" },
	[PEOPLE_VILLAGE_OFFICIAL] = { "village_official", 24, 50, 45,
		{ "intermediate", "intermediate", "college", "university", "intermediate", "college" }, "fatherland_front" },
	[PEOPLE_POLICE] = { "armed_forces", 21, 32, 15, { "university", "university", "university", "intermediate", "college", "university" },
		"youth_union" },
	[PEOPLE_SOLDIER] = { "armed_forces", 20, 32, 8, { "university", "intermediate", "college", "vocational", "intermediate", "none" },
		"youth_union" },
	[PEOPLE_WORKER] = { "worker", 21, 42, 48, { "vocational", "vocational", "intermediate", "college", "none", "university" },
		"trade_union" },
	[PEOPLE_ENTERPRISE_STAFF] = { "enterprise_staff", 23, 42, 50,
		{ "university", "university", "college", "university", "master", "intermediate" }, "trade_union" },
	[PEOPLE_FARMER] = { "farmer", 22, 50, 42, { "none", "none", "none", "vocational", "intermediate", "none" }, "farmers" },
	[PEOPLE_STUDENT] = { "student", 19, 22, 60, { "student", "student", "student", "student", "student", "student" }, "youth_union" },
	[PEOPLE_PUPIL] = { "pupil", 0, 0, 58, { "none", "none", "none", "none", "none", "none" }, "youth_union" },
	[PEOPLE_OTHER] = { "other", 22, 45, 45, { "none", "vocational", "intermediate", "college", "university", "none" }, "branch" },
};

static const char *invent_name(struct made *m, bool woman)
{
	const char *family = PICK(m, families);
	const char *middle = woman ? PICK(m, women_middle) : PICK(m, men_middle);
	const char *given = woman ? PICK(m, women_given) : PICK(m, men_given);
	return arena_printf(&m->scratch, "%s %s %s", family, middle, given);
}

/* Twelve digits: province of birth, century and sex, year, and a number that is never given twice. */
static const char *invent_number(struct made *m, bool woman, struct day birth)
{
	int32_t year = day_ymd(birth).year;
	assert(year >= 1900 && m->serial < 1000000);
	return arena_printf(&m->scratch, "%s%d%02d%06d", m->province, (year / 100 - 19) * 2 + woman, year % 100, ++m->serial);
}

static const char *invent_ethnicity(struct made *m)
{
	uint32_t n = 0;
	while (m->peoples[n])
		n++;
	return m->peoples[rng_below(&m->rng, n)];
}

/* A day of birth that gives an age between the two as of `at`. */
static struct day invent_birth(struct made *m, int youngest, int oldest, struct day at)
{
	if (oldest == 0)
		return day_add(at, -ADULT_DAYS - rng_between(&m->rng, 1, 180));
	struct day birth = day_add_months(at, -12 * rng_between(&m->rng, youngest, oldest));
	return day_add(birth, -rng_between(&m->rng, 150, 340));
}

void people_invent(struct made *m, enum people_kind kind, enum people_youth youth, struct day at, struct person_record_in *ret)
{
	bool woman = made_chance(m, kinds[kind].women);
	int youngest = kinds[kind].youngest, oldest = kinds[kind].oldest;
	if (youth == YOUTH_ANY)
		youth = oldest < YOUTH_YEARS || made_chance(m, 55) ? YOUTH_YES : YOUTH_NO;
	if (youth == YOUTH_YES && oldest >= YOUTH_YEARS)
		oldest = YOUTH_YEARS - 2;
	if (youth == YOUTH_NO && youngest < YOUTH_YEARS) {
		youngest = YOUTH_YEARS;
		oldest = oldest > YOUTH_YEARS ? oldest : YOUTH_YEARS + 2;
	}
	*ret = person_record_none();
	ret->name = invent_name(m, woman);
	ret->birth = invent_birth(m, youngest, oldest, at);
	ret->sex = woman ? "female" : "male";
	ret->id_number = invent_number(m, woman, ret->birth);
	ret->ethnicity = invent_ethnicity(m);
	ret->religion = "none";
	ret->education = PICK(m, kinds[kind].education);
	ret->schooling = kind == PEOPLE_FARMER && made_chance(m, 40) ? "lower_secondary" : "upper_secondary";
	ret->occupation = kinds[kind].occupation;
	ret->youth = youth == YOUTH_YES;
	ret->introducer = youth == YOUTH_YES && made_chance(m, 85) ? "youth_union" : kinds[kind].introducer;
}

void people_invent_veteran(struct made *m, struct day before, struct person_record_in *ret)
{
	static const char *const education[] = { "none", "vocational", "intermediate", "college", "university", "university" };
	bool woman = made_chance(m, 42);
	*ret = person_record_none();
	ret->name = invent_name(m, woman);
	ret->birth = day_add(day_add(before, -21 * 366), -rng_between(&m->rng, 1, 60 * 365));
	ret->sex = woman ? "female" : "male";
	ret->ethnicity = invent_ethnicity(m);
	ret->religion = made_chance(m, 98) ? "none" : "phat_giao";
	ret->education = PICK(m, education);
	ret->schooling = made_chance(m, 70) ? "upper_secondary" : "lower_secondary";
	int32_t adult = ret->birth.n + 20 * 366, span = before.n - 1 - adult;
	ret->ceremony = (struct day){ adult + rng_between(&m->rng, 0, span < 15 * 365 ? span : 15 * 365) };
	ret->official = day_add_months(ret->ceremony, 12);
}
