#include "web/page_login.h"
#include "web/local_path.h"
#include "web/seal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* How long the password's proof waits for the code of the second factor. */
enum { PROOF_S = 300, SECOND = 1000000 };

static void fill_login(const struct visit *v, struct login_view *ret)
{
	ret->login = (struct text_field){ .name = "login", .label = SAY(v, "Tên đăng nhập", "Login"), .type = "text",
		.autocomplete = "username", .focus = true };
	ret->password = (struct text_field){ .name = "password", .type = "password",
		.label = SAY(v, "Mật khẩu hoặc mã dùng một lần", "Password or one-time code"), .autocomplete = "current-password" };
	ret->action = url(v->a, "/login");
	ret->setup = url(v->a, "/setup");
	ret->csrf = visit_csrf(v);
}

static enum err login_load(struct visit *v, struct login_view *ret, struct fault *f)
{
	fill_login(v, ret);
	ret->to = local_path(visit_text(v, "to"));
	ret->held = v->held;
	return account_setup_open(v->app, &ret->first_start, f);
}

static enum err login_load_(struct visit *v, void *view, struct fault *f)
{
	return login_load(v, view, f);
}

static void login_html_(struct html *h, const void *view)
{
	page_login(h, view);
}

static void login_code_html_(struct html *h, const void *view)
{
	page_login_code(h, view);
}

/* ---- the password's proof, between the two steps ---- */

struct proof {
	const char *login, *password;
};

static const char *proof_seal(const struct visit *v, const struct proof *p)
{
	int64_t until = v->now_us + (int64_t)PROOF_S * SECOND;
	return seal_make(v, "totp", arena_printf(v->a, "%" PRId64 "\n%s\n%s", until, p->login, p->password));
}

static bool proof_open(const struct visit *v, const char *sealed, struct proof *ret)
{
	char *text = seal_open(v, "totp", sealed), *login, *password;
	if (!text || !(login = strchr(text, '\n')) || !(password = strchr(login + 1, '\n')) || strtoll(text, NULL, 10) < v->now_us)
		return false;
	*login++ = *password++ = '\0';
	*ret = (struct proof){ login, password };
	return true;
}

/* ---- steps ---- */

static enum err enter(struct visit *v, const char *cookie, struct fault *f)
{
	const char *held = form_get(&v->form, "_held"), *to = local_path(form_get(&v->form, "to"));
	visit_cookie(v, cookie);
	if (held)
		return visit_held(v, held, f);
	visit_go(v, *to ? (struct url){ to } : url(v->a, "/"));
	return OK;
}

static enum err try_sign_in(struct visit *v, const struct proof *p, const char *totp, enum sign_in_result *ret,
	char ret_cookie[SECRET_TEXT], struct fault *f)
{
	const struct sign_in in = { .login = p->login, .password = p->password, .totp = totp, .address = v->rq->address,
		.agent = http_header(v->rq, "User-Agent"), .now_us = v->now_us };
	return account_sign_in(v->app, v->writer, &in, ret, ret_cookie, f);
}

static void ask_code(struct visit *v, int status, const struct proof *p, const struct fault *wrong)
{
	struct login_code_view *view = arena_new(v->a, struct login_code_view);
	*view = (struct login_code_view){ .action = url(v->a, "/login/code"), .back = url(v->a, "/login"), .csrf = visit_csrf(v),
		.to = local_path(form_get(&v->form, "to")), .held = form_get(&v->form, "_held"), .proof = proof_seal(v, p),
		.code = { .name = "code", .label = SAY(v, "Mã 6 chữ số", "6 digits"), .type = "text", .autocomplete = "one-time-code",
			.digits = true, .focus = true, .error = wrong ? fault_text(wrong, v->lang, v->a) : NULL } };
	visit_show(v, status, SAY(v, "Mã xác thực", "Second factor"), login_code_html_, view);
}

static enum err ask_again(struct visit *v, const char *login, const struct fault *wrong)
{
	struct login_view *view = arena_new(v->a, struct login_view);
	fill_login(v, view);
	view->to = local_path(form_get(&v->form, "to"));
	view->held = form_get(&v->form, "_held");
	view->login.value = login;
	view->error = fault_text(wrong, v->lang, v->a);
	visit_show(v, 403, SAY(v, "Đăng nhập", "Sign in"), login_html_, view);
	return OK;
}

static enum err run_login(struct visit *v, struct fault *f)
{
	const struct proof p = { form_get(&v->form, "login"), form_get(&v->form, "password") };
	char cookie[SECRET_TEXT];
	enum sign_in_result result;
	struct fault wrong;
	if (!p.login || !p.password)
		return FAULT(f, E_INVALID, p.login ? "password" : "login", MSG_REQUIRED);
	enum err e = try_sign_in(v, &p, NULL, &result, cookie, &wrong);
	if (e == E_FORBIDDEN || e == E_INVALID)
		return ask_again(v, p.login, &wrong);
	if (e != OK)
		return *f = wrong, e;
	if (result == SIGNED_IN)
		return enter(v, cookie, f);
	ask_code(v, 200, &p, NULL);
	return OK;
}

static enum err run_code(struct visit *v, struct fault *f)
{
	const char *sealed = form_get(&v->form, "proof"), *code = form_get(&v->form, "code");
	char cookie[SECRET_TEXT];
	enum sign_in_result result;
	struct fault wrong;
	struct proof p;
	if (!sealed || !proof_open(v, sealed, &p)) {
		(void)!FAULT(&wrong, E_FORBIDDEN, NULL, MSG_WEB_PROOF_OLD);
		return ask_again(v, NULL, &wrong);
	}
	enum err e = try_sign_in(v, &p, code ? code : "", &result, cookie, &wrong);
	if (e == OK && result == SIGNED_IN)
		return enter(v, cookie, f);
	if (e != E_FORBIDDEN && e != E_INVALID)
		return *f = wrong, e;
	ask_code(v, 403, &p, &wrong);
	return OK;
}

static enum err run_logout(struct visit *v, struct fault *f)
{
	const char *cookie = visit_session_cookie(v);
	if (cookie)
		TRY(account_sign_out(v->writer, cookie, f));
	visit_cookie(v, "");
	visit_go(v, url(v->a, "/login"));
	return OK;
}

const struct action login_action = { "/login", PERM_SELF, ACTION_OPEN, run_login };
const struct action login_code_action = { "/login/code", PERM_SELF, ACTION_OPEN, run_code };
const struct action logout_action = { "/logout", PERM_SELF, ACTION_OPEN, run_logout };
const struct page login_page = { .path = "/login", .name = "login", .vi = "Đăng nhập", .en = "Sign in", .of = PAGE_OPEN,
	.flags = PAGE_NO_API, .view_size = sizeof(struct login_view), .load = login_load_, .html = login_html_ };
