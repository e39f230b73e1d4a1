#include "web/page_setup.h"

#include <string.h>

static struct text_field field(const char *name, const char *label, const char *type, const char *autocomplete)
{
	return (struct text_field){ .name = name, .label = label, .type = type, .autocomplete = autocomplete };
}

static enum err setup_load(struct visit *v, struct setup_view *ret, struct fault *f)
{
	ret->action = url(v->a, "/setup");
	ret->sign_in = url(v->a, "/login");
	ret->csrf = visit_csrf(v);
	ret->code = field("code", SAY(v, "Mã dùng một lần", "One-time code"), "text", NULL);
	ret->code.focus = true;
	ret->login = field("login", SAY(v, "Tên đăng nhập", "Login"), "text", "username");
	ret->login.help = SAY(v, "Chữ không dấu và chữ số, ví dụ: quantri", "letters without accents and digits, for example: admin");
	ret->name = field("name", SAY(v, "Họ và tên", "Full name"), "text", "name");
	ret->password = field("password", SAY(v, "Mật khẩu", "Password"), "password", "new-password");
	ret->password.help = SAY(v, "Ít nhất 10 ký tự; nên là một câu dài dễ nhớ.",
		"At least 10 characters; a long sentence is easy to remember.");
	ret->again = field("again", SAY(v, "Nhập lại mật khẩu", "Password again"), "password", "new-password");
	return account_setup_open(v->app, &ret->open, f);
}

static void show_faults(const struct visit *v, struct setup_view *view, const struct fault *wrong)
{
	struct text_field *const fields[] = { &view->code, &view->login, &view->name, &view->password, &view->again };
	view->error = text_field_fault(fields, sizeof fields / sizeof *fields, v, wrong);
	view->code.value = form_get(&v->form, "code");
	view->login.value = form_get(&v->form, "login");
	view->name.value = form_get(&v->form, "name");
}

static enum err run(struct visit *v, struct fault *f)
{
	const struct setup_in in = { .code = text_field_posted(v, "code"), .login = text_field_posted(v, "login"),
		.name = text_field_posted(v, "name"),
		.password = text_field_posted(v, "password"), .address = v->rq->address, .now_us = v->now_us };
	if (strcmp(in.password, text_field_posted(v, "again")) != 0)
		return FAULT(f, E_INVALID, "again", MSG_WEB_PASSWORD_AGAIN);
	return account_setup(v->app, v->writer, &in, f);
}

static void setup_html_(struct html *h, const void *view)
{
	page_setup(h, view);
}

static enum err setup_load_(struct visit *v, void *view, struct fault *f)
{
	return setup_load(v, view, f);
}

static enum err run_setup(struct visit *v, struct fault *f)
{
	struct setup_view *view = arena_new(v->a, struct setup_view);
	struct fault wrong;
	int status;
	enum err e = run(v, &wrong);
	if (e == OK) {
		visit_flash(v, false, SAY(v, "Đã lập tài khoản quản trị. Hãy đăng nhập.", "The administrator's account is made. Sign in."));
		visit_go(v, url(v->a, "/login"));
		return OK;
	}
	if (!text_field_mendable(e, &status))
		return *f = wrong, e;
	TRY(setup_load(v, view, f));
	show_faults(v, view, &wrong);
	visit_show(v, status, SAY(v, "Quản trị viên đầu tiên", "The first administrator"), setup_html_, view);
	return OK;
}

const struct page setup_page = { .path = "/setup", .name = "setup", .vi = "Quản trị viên đầu tiên", .en = "The first administrator",
	.of = PAGE_OPEN, .flags = PAGE_NO_API, .view_size = sizeof(struct setup_view), .load = setup_load_, .html = setup_html_ };
const struct action setup_action = { "/setup", PERM_SELF, ACTION_OPEN, run_setup };
