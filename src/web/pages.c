/* The pages and the actions there are, in the order of the menu. To add one: page_NAME.c defines NAME_page (or NAME_action), its name
 * goes below. */
#include "web/web.h"

#include <string.h>

#define PAGES(X) \
	X(dashboard) X(people) X(unit_helpers) X(late) X(late_day) X(tree) X(about) X(person) X(votes) X(search) X(search_part) \
	X(reorgs) X(reorg_plan) \
	X(unit_report) X(late_report) X(reports) X(import) X(import_columns) X(import_job) X(import_workbook) X(calendar) \
	X(calendar_change) \
	X(journal) X(users) X(user) X(me) X(me_totp) X(password) X(login) X(setup) X(rules) X(why) X(help)

#define ACTIONS(X) \
	X(login) X(login_code) X(logout) X(setup) X(password) X(session_end) X(totp_start) X(totp_confirm) X(totp_remove) \
	X(token_make) X(token_end) X(reorg_preview) X(import) X(import_commit) X(import_cancel) X(user_code)

#define DECLARE_PAGE(name) extern const struct page name##_page;
#define DECLARE_ACTION(name) extern const struct action name##_action;
#define PAGE(name) &name##_page,
#define ACTION(name) &name##_action,
PAGES(DECLARE_PAGE)
ACTIONS(DECLARE_ACTION)

static const struct page *const pages[] = { PAGES(PAGE) NULL };
static const struct action *const actions[] = { ACTIONS(ACTION) NULL };

const struct page *const *web_pages(size_t *ret_n)
{
	*ret_n = sizeof pages / sizeof *pages - 1;
	return pages;
}

const struct action *const *web_actions(size_t *ret_n)
{
	*ret_n = sizeof actions / sizeof *actions - 1;
	return actions;
}

const struct page *web_page(const char *name)
{
	for (const struct page *const *p = pages; *p; p++)
		if (strcmp((*p)->name, name) == 0)
			return *p;
	return NULL;
}
