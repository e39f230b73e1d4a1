#include "web/page_me.h"
#include "base/utf8.h"

#include <assert.h>
#include <string.h>

const char *me_scope_label(enum token_scope s, enum lang lang)
{
	static const char *const labels[TOKEN_SCOPE__COUNT][2] = {
		[TOKEN_FIGURES] = { "Số liệu, không có tên người", "Figures, no names" },
		[TOKEN_READ] = { "Đọc mọi thứ tôi được xem", "Read whatever I may see" },
		[TOKEN_WRITE] = { "Đọc và ghi", "Read and write" },
	};
	assert(s < TOKEN_SCOPE__COUNT);
	return labels[s][lang];
}

struct me_word {
	const char *mark, *name;
};

/* The first whose mark stands in the text; ends with mark NULL. */
static const char *first_of(const struct me_word *words, const char *text)
{
	for (; words->mark; words++)
		if (strstr(text, words->mark))
			return words->name;
	return NULL;
}

const char *me_agent_text(const char *agent, enum lang lang, struct arena *a)
{
	enum { SHOWN = 40 };
	static const struct me_word browsers[] = { { "coc_coc", "Cốc Cốc" }, { "Edg", "Edge" }, { "OPR/", "Opera" },
		{ "Firefox/", "Firefox" }, { "Chrome/", "Chrome" }, { "Safari/", "Safari" }, { 0 } };
	static const struct me_word systems[] = { { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" },
		{ "Windows", "Windows" }, { "Mac OS X", "Mac" }, { "Linux", "Linux" }, { 0 } };
	if (!agent || !*agent)
		return lang == LANG_VI ? "không rõ" : "unknown";
	const char *browser = first_of(browsers, agent), *system = first_of(systems, agent);
	if (!browser || !system)
		return arena_strndup(a, agent, utf8_cut(agent, strlen(agent), SHOWN));
	return arena_printf(a, "%s, %s", browser, system);
}

static struct me_grant grant_row(const struct visit *v, const struct grant *g)
{
	const struct unit *u = g->unit.v ? tree_find(&v->app->tree, g->unit) : NULL;
	return (struct me_grant){ role_label(g->role, v->lang), u ? u->code : NULL, u ? unit_name(u, v->today) : NULL, g->from, g->to };
}

static void load_grants(const struct visit *v, struct me_view *ret)
{
	ret->grants_n = v->who->n;
	ret->grants = arena_array(v->a, struct me_grant, v->who->n);
	for (size_t i = 0; i < v->who->n; i++)
		ret->grants[i] = grant_row(v, &v->who->grants[i]);
}

static void load_fields(const struct visit *v, struct me_view *ret)
{
	ret->totp_password = (struct text_field){ .name = "password", .label = SAY(v, "Mật khẩu", "Password"), .type = "password",
		.autocomplete = "current-password" };
	ret->token_name = (struct text_field){ .name = "name", .label = SAY(v, "Tên", "Name"), .type = "text",
		.help = SAY(v, "Để nhận ra về sau, ví dụ: bảng tổng hợp của văn phòng", "To know it by, for example: office summary") };
	ret->token_days = (struct text_field){ .name = "days", .label = SAY(v, "Số ngày hiệu lực", "Days it is good for"), .type = "text",
		.value = "90", .digits = true };
	ret->scope = token_scope_key(TOKEN_FIGURES);
}

static size_t others(const struct me_view *view)
{
	size_t n = 0;
	for (size_t i = 0; i < view->sessions_n; i++)
		n += !view->sessions[i].current;
	return n;
}

enum err me_load(struct visit *v, struct me_view *ret, struct fault *f)
{
	struct app *app = v->app;
	ret->login = v->who->login;
	ret->name = v->who->name;
	ret->csrf = visit_csrf(v);
	ret->now_us = v->now_us;
	ret->lang = v->lang;
	load_grants(v, ret);
	load_fields(v, ret);
	TRY(account_sessions(app, v->who->account, visit_session_cookie(v), v->now_us, v->a, &ret->sessions, &ret->sessions_n, f));
	TRY(account_has_totp(app, v->who->account, &ret->has_totp, f));
	TRY(account_tokens(app, v->who->account, v->now_us, v->a, &ret->tokens, &ret->tokens_n, f));
	ret->others_n = others(ret);
	return OK;
}

static enum err me_load_(struct visit *v, void *view, struct fault *f)
{
	return me_load(v, view, f);
}

static void me_html_(struct html *h, const void *view)
{
	page_me(h, view);
}

static void grant_json(struct json *j, const struct me_grant *g)
{
	json_object(j);
	json_put_string(j, "role", g->role);
	json_put_string(j, "unit", g->unit_code);
	json_put_day(j, "from", g->from);
	json_put_day(j, "to", g->to);
	json_object_end(j);
}

/* Sessions and tokens stay on the page: a program needs to know only for whom it acts. */
static void me_json_(struct json *j, const void *view)
{
	const struct me_view *v = view;
	json_object(j);
	json_put_string(j, "login", v->login);
	json_put_string(j, "name", v->name);
	json_key(j, "grants");
	json_array(j);
	for (size_t i = 0; i < v->grants_n; i++)
		grant_json(j, &v->grants[i]);
	json_array_end(j);
	json_object_end(j);
}

const struct page me_page = { .path = "/me", .name = "me", .vi = "Tài khoản của tôi", .en = "My account", .of = PAGE_SOMEWHERE,
	.perm = PERM_SELF, .view_size = sizeof(struct me_view), .load = me_load_, .html = me_html_, .json = me_json_ };
