/* Accounts of the made-up installations: one for each role, where it has something to do. */
#include "app/account.h"
#include "app/ops.h"
#include "demo/demo.h"

#include <assert.h>
#include <string.h>

enum place { EVERYWHERE, ROOT, OFFICE, BRANCH };

static const struct {
	const char *login, *name;
	enum role role;
	enum place place;
} accounts[] = {
	{ "bantochuc", "Phạm Minh Châu", ROLE_DEPARTMENT, EVERYWHERE },
	{ "vanphong", "Trần Thu Hà", ROLE_OFFICE, OFFICE },
	{ "bithu", "Nguyễn Văn Lập", ROLE_SECRETARY, BRANCH },
	{ "trungtam", "Lê Thanh Tùng", ROLE_CENTRE, ROOT },
	{ "lanhdao", "Đỗ Quốc Hưng", ROLE_LEADER, ROOT },
	{ "quantri", "Vũ Hồng Quân", ROLE_ADMIN, EVERYWHERE },
	{ "kiemtra", "Bùi Thị Ngân", ROLE_AUDITOR, ROOT },
};

static_assert(sizeof accounts / sizeof *accounts == DEMO_LOGINS, "the header says how many");

void demo_logins(const struct demo_scenario *s, struct demo_login ret[DEMO_LOGINS])
{
	const char *const units[] = { [EVERYWHERE] = NULL, [ROOT] = s->unit, [OFFICE] = s->office, [BRANCH] = s->branch };
	for (size_t i = 0; i < DEMO_LOGINS; i++)
		ret[i] = (struct demo_login){ accounts[i].login, accounts[i].name, accounts[i].role, units[accounts[i].place] };
}

static enum err open_one(struct app *app, const struct demo_login *l, struct day from, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const struct account_open_in open = { l->login, l->name };
	const struct role_grant_in grant = { .login = l->login, .role = role_key(l->role), .unit = l->unit, .from = from, .to = DAY_NONE };
	struct op_result r;
	TRY(op_run(app, op_find("account_open"), &open, &a, &r, f));
	return op_run(app, op_find("role_grant"), &grant, &a, &r, f);
}

enum err demo_open_logins(struct app *app, const struct demo_scenario *s, struct fault *f)
{
	struct demo_login logins[DEMO_LOGINS];
	struct day from;
	TRY(day_parse(s->earliest, "today", &from, f)); /* whatever day the installation is looked at */
	demo_logins(s, logins);
	for (size_t i = 0; i < DEMO_LOGINS; i++)
		TRY(open_one(app, &logins[i], from, f));
	return OK;
}

static const char SETTING[] = "demo";

enum err demo_set_passwords(struct app *app, const struct demo_scenario *s, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	struct account_row *rows;
	size_t n;
	TRY(account_list(app, &a, &rows, &n, f));
	for (size_t i = 0; i < n; i++)
		TRY(account_set_password(app, rows[i].id, DEMO_PASSWORD, f));
	return app_setting_put(app, SETTING, s->name, f);
}

enum err demo_of(struct app *app, const struct demo_scenario **ret, struct fault *f)
{
	scoped(arena_done) struct arena a = { 0 };
	const char *name;
	TRY(app_setting(app, SETTING, &a, &name, f));
	*ret = NULL;
	return *name ? demo_find(name, ret, f) : OK;
}
