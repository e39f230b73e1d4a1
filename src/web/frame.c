/* Fills what stands around every page. */
#include "web/frame.h"
#include "web/pages/pages.gen.h"
#include "web/seal.h"
#include "web/web_impl.h"

#include <assert.h>
#include <string.h>

enum { UNITS_MAX = 12 };

/* ---- where we are ---- */

static const struct unit *unit_here(const struct visit *v)
{
	if (v->unit)
		return v->unit;
	struct unit_id first = access_first_unit(v->who, PERM_FIGURES, v->today);
	const struct unit *u = first.v ? tree_find(&v->app->tree, first) : NULL;
	if (u || !access_may_somewhere(v->who, PERM_FIGURES, v->today))
		return u;
	size_t n;
	struct unit **roots = tree_children(&v->app->tree, (struct unit_id){ 0 }, v->today, v->a, &n);
	return n ? roots[0] : NULL;
}

/* From the highest one that they may see down to this one. */
static void fill_units(const struct visit *v, struct frame_view *ret)
{
	struct frame_link *links = arena_array(v->a, struct frame_link, UNITS_MAX), *at = links + UNITS_MAX;
	for (const struct unit *u = v->unit; u && at > links && visit_may(v, PERM_FIGURES, u->id);) {
		*--at = (struct frame_link){ .label = unit_name(u, v->today), .href = url(v->a, "/units/%", u->code), .active = u == v->unit };
		struct unit_id parent = unit_parent(u, v->today);
		u = parent.v ? tree_find(&v->app->tree, parent) : NULL;
	}
	ret->units = at;
	ret->units_n = (size_t)(links + UNITS_MAX - at);
}

/* ---- the navigation ---- */

struct menu_row {
	const char *pages; /* names of their rows, with | between */
	const char *path;  /* with % for the unit */
	enum perm perm;
	const char *vi, *en;
	const char *icon;
};

static const struct menu_row menu[] = {
	{ "dashboard", "/units/%", PERM_FIGURES, "Tổng quan", "Overview", .icon = "layout-dashboard" },
	{ "people|person|unit_helpers|why", "/units/%/people", PERM_PEOPLE, "Danh sách", "People", .icon = "users" },
	{ "late|late_day", "/units/%/late", PERM_PEOPLE, "Quá hạn", "Late", .icon = "alarm" },
	{ "tree|about|reorgs|reorg_plan", "/units/%/tree", PERM_FIGURES, "Tổ chức", "Units", .icon = "sitemap" },
	{ "reports|unit_report|late_report", "/units/%/reports", PERM_FIGURES, "Báo cáo", "Reports", .icon = "report-analytics" },
	{ "import|import_columns|import_job", "/import", PERM_IMPORT, "Nhập từ Excel", "Import", .icon = "file-import" },
	{ "calendar|calendar_change", "/calendar", PERM_SELF, "Lịch làm việc", "Calendar", .icon = "calendar" },
	{ "rules", "/rules", PERM_SELF, "Quy tắc", "Rules", .icon = "gavel" },
	{ "journal", "/journal", PERM_JOURNAL, "Nhật ký", "Journal", .icon = "history" },
	{ "users|user", "/users", PERM_USERS, "Người dùng", "Users", .icon = "user-cog" },
};

static bool is_offered(const struct visit *v, const struct menu_row *row, const struct unit *here)
{
	bool of_unit = strchr(row->path, '%') != NULL;
	if (row->perm == PERM_SELF)
		return true;
	return of_unit ? here && visit_may(v, row->perm, here->id) : access_may_somewhere(v->who, row->perm, v->today);
}

static void fill_menu(const struct visit *v, struct frame_view *ret)
{
	size_t rows = sizeof menu / sizeof *menu;
	struct frame_link *links = arena_array(v->a, struct frame_link, rows);
	const struct unit *here = unit_here(v);
	for (size_t i = 0; i < rows; i++) {
		const struct menu_row *row = &menu[i];
		if (!is_offered(v, row, here))
			continue;
		links[ret->links_n++] = (struct frame_link){ .label = visit_say(v, row->vi, row->en), .icon = row->icon,
			.href = strchr(row->path, '%') ? url(v->a, row->path, here->code) : url(v->a, row->path),
			.active = v->page && text_listed(row->pages, v->page->name) };
	}
	ret->links = links;
}

static const char *role_of(const struct visit *v)
{
	for (size_t i = 0; i < v->who->n; i++) {
		const struct grant *g = &v->who->grants[i];
		if (grant_in_force(g, v->today))
			return role_label(g->role, v->lang);
	}
	return NULL;
}

/* ---- the rest ---- */

static void fill_user(const struct visit *v, struct frame_view *ret)
{
	if (!v->who)
		return;
	ret->user_name = v->who->name;
	ret->user_role = role_of(v);
	fill_units(v, ret);
	fill_menu(v, ret);
}

/* Shown once. */
static void fill_flash(struct visit *v, struct frame_view *ret)
{
	const char *sealed = cookie_get(v, COOKIE_FLASH), *text = sealed ? seal_open(v, "flash", sealed) : NULL;
	if (sealed)
		cookie_set(v, COOKIE_FLASH, "", -1);
	if (!text || !*text)
		return;
	ret->flash_bad = *text == '!';
	ret->flash = text + 1;
}

static const char *theme_of(const struct visit *v)
{
	const char *theme = cookie_get(v, COOKIE_THEME);
	return theme && (strcmp(theme, "light") == 0 || strcmp(theme, "dark") == 0) ? theme : "auto";
}

static const char *here_of(const struct visit *v)
{
	return v->rq->method == HTTP_POST ? "/" : visit_with(v, "lang", NULL).s;
}

void frame_print(struct visit *v, struct text *out, const char *title, const struct text *page)
{
	struct html h = { out, v->a, v->lang };
	struct frame_view frame = { .title = title, .name = v->page ? v->page->name : "", .lang = v->lang == LANG_VI ? "vi" : "en",
		.theme = theme_of(v), .charts = strstr(text_str(page), "data-chart=") != NULL, .search = visit_text(v, "q"), .csrf = visit_csrf(v),
		.here = here_of(v), .me = url(v->a, "/me"), .help = url(v->a, "/help"), .logout = url(v->a, "/logout"),
		.prefs = url(v->a, "/prefs"), .version = NGUON_VERSION, .today = v->today, .installation = v->web->name, .demo = v->web->demo };
	fill_user(v, &frame);
	fill_flash(v, &frame);
	(v->who ? page_frame_top : page_plain_top)(&h, &frame);
	html_put(&h, text_str(page), page->n);
	(v->who ? page_frame_bottom : page_plain_bottom)(&h, &frame);
}
