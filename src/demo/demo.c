#include "demo/demo.h"
#include "base/text.h"
#include "demo/scenarios.h"

#include <string.h>

static const struct demo_scenario all[] = {
	{ "phu-ly", "PL", "PL-BVDK", "PL-BVDK-13", "Đảng bộ thành phố Phủ Lý: nhiệm kỳ 2020-2025 và hoạt động đến hôm nay",
		"Phủ Lý city: the term 2020-2025 and on to today", "2025-08-01", 20240326, phu_ly_make },
	{ "lam-dong", "KLD", "KLD-BV", "KLD-BV-02", "Đảng bộ Khối Các cơ quan tỉnh Lâm Đồng: 6 tháng đầu năm 2021", "Agencies bloc of Lâm Đồng: first half of 2021",
		"2025-01-01", 20210630, lam_dong_make },
	{ "hai-phong", "HP", "HP-HB", "HP-HB-03-02", "Đảng bộ thành phố Hải Phòng: đề án 2023-2030", "Hải Phòng: the scheme 2023-2030", "2024-01-01", 20230101,
		hai_phong_make },
	{ "bac-binh", "BB", "BB-PRT", "BB-PRT-06", "Đảng bộ huyện Bắc Bình: địa bàn dân cư đến năm 2018", "Bắc Bình district: residential branches up to 2018",
		"2019-01-01", 20180509, bac_binh_make },
};
enum { ALL = sizeof all / sizeof *all };

const struct demo_scenario *demo_scenarios(size_t *ret_n)
{
	*ret_n = ALL;
	return all;
}

enum err demo_find(const char *name, const struct demo_scenario **ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct text names = TEXT(&a);
	for (size_t i = 0; i < ALL; i++) {
		if (strcmp(all[i].name, name) == 0) {
			*ret = &all[i];
			return OK;
		}
		text_addf(&names, "%s%s", i ? ", " : "", all[i].name);
	}
	return FAULT(f, E_USAGE, "scenario", MSG_NOT_CODE, name, text_str(&names));
}

enum err demo_check_day(const struct demo_scenario *s, struct day today, struct fault *f)
{
	char text[DAY_TEXT], first[DAY_TEXT], last[DAY_TEXT];
	struct day earliest, latest = day_of(DEMO_LAST_YEAR, 12, 31);
	TRY(day_parse(s->earliest, "today", &earliest, f));
	if (today.n < earliest.n || today.n > latest.n)
		return FAULT(f, E_INVALID, "today", MSG_OUT_OF_RANGE, day_vi(today, text), day_vi(earliest, first), day_vi(latest, last));
	return OK;
}

/* The clock of the journal: from 1 o'clock UTC of the day on, the same every time. */
static int64_t tick(void *ctx)
{
	int64_t *us = ctx;
	return *us += 1000;
}

/* What an installation is set to while made-up data goes in; put back afterwards. */
struct stage {
	const char *actor;
	struct day today;
	int64_t (*now_us)(void *ctx);
	void *clock_ctx;
};

static struct stage stage_set(struct app *app, struct stage new)
{
	struct stage old = { app->actor, app->today, app->now_us, app->clock_ctx };
	app->actor = new.actor;
	app->today = new.today;
	app->now_us = new.now_us;
	app->clock_ctx = new.clock_ctx;
	return old;
}

static void made_done(struct made *m)
{
	arena_done(&m->keep);
	arena_done(&m->scratch);
}

static enum err make(struct app *app, const struct demo_scenario *s, struct day today, struct fault *f)
{
	scoped(made_done) struct made m = { .app = app, .rng = { s->seed }, .today = today };
	TRY(app_begin(app, f));
	enum err e = s->make(&m, f);
	if (e == OK)
		e = demo_open_logins(app, s, f);
	if (e == OK)
		e = app_commit(app, f);
	if (e != OK)
		app_rollback(app);
	return e;
}

enum err demo_run(struct app *app, const char *scenario, struct day today, struct fault *f)
{
	const struct demo_scenario *s;
	TRY(demo_find(scenario, &s, f));
	TRY(demo_check_day(s, today, f));
	int64_t us = ((int64_t)today.n * 24 + 1) * 3600 * 1000000;
	struct stage before = stage_set(app, (struct stage){ "demo", today, tick, &us });
	enum err e = make(app, s, today, f);
	(void)stage_set(app, before);
	return e;
}
