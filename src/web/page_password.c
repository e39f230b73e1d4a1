#include "web/page_password.h"

#include <string.h>

static enum err password_load(struct visit *v, struct password_view *ret, struct fault *f)
{
	(void)f;
	ret->forced = v->session.must_change;
	ret->action = url(v->a, "/password");
	ret->csrf = visit_csrf(v);
	ret->login = v->who->login;
	ret->old = (struct text_field){ .name = "old", .label = SAY(v, "Mật khẩu hiện nay", "Present password"), .type = "password",
		.autocomplete = "current-password", .focus = true };
	ret->password = (struct text_field){ .name = "password", .label = SAY(v, "Mật khẩu mới", "New password"), .type = "password",
		.autocomplete = "new-password", .focus = ret->forced,
		.help = SAY(v, "Ít nhất 10 ký tự; nên là một câu dài dễ nhớ, không chứa tên của bạn.",
			"At least 10 characters; a long sentence is easy to remember. Not your name.") };
	ret->again = (struct text_field){ .name = "again", .label = SAY(v, "Nhập lại mật khẩu mới", "New password again"),
		.type = "password", .autocomplete = "new-password" };
	return OK;
}

static enum err password_load_(struct visit *v, void *view, struct fault *f)
{
	return password_load(v, view, f);
}

static void password_html_(struct html *h, const void *view)
{
	page_password(h, view);
}

static enum err change(struct visit *v, struct fault *f)
{
	const char *old = text_field_posted(v, "old"), *password = text_field_posted(v, "password");
	char cookie[SECRET_TEXT];
	if (strcmp(password, text_field_posted(v, "again")) != 0)
		return FAULT(f, E_INVALID, "again", MSG_WEB_PASSWORD_AGAIN);
	TRY(account_password(v->app, v->writer, v->who, visit_session_cookie(v), old, password, v->now_us, cookie, f));
	visit_cookie(v, cookie);
	return OK;
}

static enum err run_password(struct visit *v, struct fault *f)
{
	struct password_view *view = arena_new(v->a, struct password_view);
	struct text_field *const fields[] = { &view->old, &view->password, &view->again };
	struct fault wrong;
	int status;
	enum err e = change(v, &wrong);
	if (e == OK) {
		visit_flash(v, false, SAY(v, "Đã đổi mật khẩu.", "The password is changed."));
		visit_go(v, url(v->a, v->session.must_change ? "/" : "/me"));
		return OK;
	}
	if (!text_field_mendable(e, &status))
		return *f = wrong, e;
	TRY(password_load(v, view, f));
	view->error = text_field_fault(fields, sizeof fields / sizeof *fields, v, &wrong);
	visit_show(v, status, SAY(v, "Đổi mật khẩu", "Change password"), password_html_, view);
	return OK;
}

const struct page password_page = { .path = "/password", .name = "password", .vi = "Đổi mật khẩu", .en = "Change password",
	.of = PAGE_SOMEWHERE, .perm = PERM_SELF, .flags = PAGE_NO_API, .view_size = sizeof(struct password_view), .load = password_load_,
	.html = password_html_ };
const struct action password_action = { "/password", PERM_SELF, 0, run_password };
