/* What is done on the page of one's own account: ending sessions, the second factor, tokens. */
#include "web/page_me.h"

#include <stdlib.h>

static void me_html_(struct html *h, const void *view)
{
	page_me(h, view);
}

static void me_totp_html_(struct html *h, const void *view)
{
	page_me_totp(h, view);
}

/* The number of a row; 0 when it is none. */
static int64_t posted_id(const struct visit *v, const char *name)
{
	return strtoll(text_field_posted(v, name), NULL, 10);
}

static enum err back(struct visit *v, const char *vi, const char *en)
{
	visit_flash(v, false, SAY(v, vi, en));
	visit_go(v, url(v->a, "/me"));
	return OK;
}

static enum err show_me(struct visit *v, int status, struct me_view *view)
{
	visit_show(v, status, SAY(v, "Tài khoản của tôi", "My account"), me_html_, view);
	return OK;
}

/* ---- sessions ---- */

static enum err end_others(struct visit *v, struct fault *f)
{
	struct session *all;
	size_t n;
	TRY(account_sessions(v->app, v->who->account, visit_session_cookie(v), v->now_us, v->a, &all, &n, f));
	for (size_t i = 0; i < n; i++)
		if (!all[i].current)
			TRY(account_session_end(v->writer, v->who->account, all[i].id, f));
	return OK;
}

static enum err run_session_end(struct visit *v, struct fault *f)
{
	int64_t id = posted_id(v, "session");
	if (id > 0)
		TRY(account_session_end(v->writer, v->who->account, id, f));
	else
		TRY(end_others(v, f));
	return back(v, "Đã kết thúc.", "Ended.");
}

/* ---- second factor ---- */

enum { QUIET = 4 }; /* modules of white around, as ISO/IEC 18004 asks */

/* Each run of dark modules in a row is one rectangle. */
static const char *qr_path(const struct totp_start *t, struct arena *a)
{
	struct text path = TEXT(a);
	for (int y = 0; y < t->size; y++)
		for (int x = 0, end; x < t->size; x = end + 1) {
			for (end = x; end < t->size && t->modules[y * t->size + end];)
				end++;
			if (end > x)
				text_addf(&path, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
		}
	return text_str(&path);
}

static void fill_totp(const struct visit *v, struct me_totp_view *ret)
{
	ret->forced = v->session.must_totp;
	ret->confirm = url(v->a, "/me/totp/confirm");
	ret->start = url(v->a, "/me/totp");
	ret->back = url(v->a, "/me");
	ret->csrf = visit_csrf(v);
	ret->code = (struct text_field){ .name = "code", .label = SAY(v, "Mã 6 chữ số", "6 digits"), .type = "text",
		.autocomplete = "one-time-code", .digits = true };
}

static enum err totp_load_(struct visit *v, void *view, struct fault *f)
{
	(void)f;
	fill_totp(v, view);
	return OK;
}

static void show_totp(struct visit *v, int status, const struct me_totp_view *view)
{
	visit_show(v, status, SAY(v, "Bật xác thực hai bước", "Turn on the second factor"), me_totp_html_, view);
}

static enum err run_totp_start(struct visit *v, struct fault *f)
{
	struct me_totp_view *view = arena_new(v->a, struct me_totp_view);
	struct totp_start t;
	TRY(account_totp_start(v->app, v->writer, v->who, v->a, &t, f));
	fill_totp(v, view);
	view->begun = true;
	view->secret = t.secret;
	view->path = qr_path(&t, v->a);
	view->box = t.size + 2 * QUIET;
	show_totp(v, 200, view);
	return OK;
}

static enum err run_totp_confirm(struct visit *v, struct fault *f)
{
	struct me_totp_view *view = arena_new(v->a, struct me_totp_view);
	struct fault wrong;
	int status;
	enum err e = account_totp_confirm(v->app, v->writer, v->who, text_field_posted(v, "code"), v->now_us, &wrong);
	if (e == OK)
		return back(v, "Đã bật xác thực hai bước.", "The second factor is on.");
	if (!text_field_mendable(e, &status))
		return *f = wrong, e;
	fill_totp(v, view);
	view->begun = true;
	view->code.error = fault_text(&wrong, v->lang, v->a);
	view->code.focus = true;
	show_totp(v, status, view);
	return OK;
}

static enum err run_totp_remove(struct visit *v, struct fault *f)
{
	struct me_view *view = arena_new(v->a, struct me_view);
	struct fault wrong;
	int status;
	enum err e = account_totp_remove(v->app, v->writer, v->who, text_field_posted(v, "password"), &wrong);
	if (e == OK)
		return back(v, "Đã tắt xác thực hai bước.", "The second factor is off.");
	if (!text_field_mendable(e, &status))
		return *f = wrong, e;
	TRY(me_load(v, view, f));
	view->totp_password.error = fault_text(&wrong, v->lang, v->a);
	return show_me(v, status, view);
}

/* ---- tokens ---- */

static enum err make_token(struct visit *v, char ret_token[SECRET_TEXT], struct fault *f)
{
	return account_token_make(v->app, v->writer, v->who, text_field_posted(v, "name"), text_field_posted(v, "scope"), posted_id(v, "days"),
		v->now_us, ret_token, f);
}

static void keep_token_form(struct visit *v, struct me_view *view, const struct fault *wrong)
{
	struct text_field *const fields[] = { &view->token_name, &view->token_days };
	view->token_name.value = text_field_posted(v, "name");
	view->token_days.value = text_field_posted(v, "days");
	view->scope = text_field_posted(v, "scope");
	view->error = text_field_fault(fields, sizeof fields / sizeof *fields, v, wrong);
}

/* Shown once, in the answer itself: it is kept nowhere. */
static enum err run_token_make(struct visit *v, struct fault *f)
{
	struct me_view *view = arena_new(v->a, struct me_view);
	char secret[SECRET_TEXT];
	struct fault wrong;
	int status = 200;
	enum err e = make_token(v, secret, &wrong);
	if (e != OK && !text_field_mendable(e, &status))
		return *f = wrong, e;
	app_rollback(v->app); /* the page was begun before the token was there */
	TRY(app_begin(v->app, f));
	TRY(me_load(v, view, f));
	if (e == OK)
		view->secret = arena_strdup(v->a, secret);
	else
		keep_token_form(v, view, &wrong);
	return show_me(v, status, view);
}

static enum err run_token_end(struct visit *v, struct fault *f)
{
	TRY(account_token_end(v->writer, v->who->account, posted_id(v, "token"), f));
	return back(v, "Đã thu hồi mã truy cập.", "The token is revoked.");
}

const struct page me_totp_page = { .path = "/me/totp", .name = "me_totp", .vi = "Bật xác thực hai bước", .en = "Turn on the second factor",
	.of = PAGE_SOMEWHERE, .perm = PERM_SELF, .flags = PAGE_NO_API, .view_size = sizeof(struct me_totp_view), .load = totp_load_,
	.html = me_totp_html_ };
const struct action session_end_action = { "/me/sessions/end", PERM_SELF, 0, run_session_end };
const struct action totp_start_action = { "/me/totp", PERM_SELF, 0, run_totp_start };
const struct action totp_confirm_action = { "/me/totp/confirm", PERM_SELF, 0, run_totp_confirm };
const struct action totp_remove_action = { "/me/totp/remove", PERM_SELF, 0, run_totp_remove };
const struct action token_make_action = { "/me/tokens", PERM_SELF, 0, run_token_make };
const struct action token_end_action = { "/me/tokens/end", PERM_SELF, 0, run_token_end };
