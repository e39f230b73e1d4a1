/* Cookies of the server. SameSite=Lax, not Strict: a link in a mail or a chat has to find its reader logged in; what changes anything
 * asks for the form's own value besides. */
#include "web/web_impl.h"

#include <inttypes.h>

static const struct { const char *plain, *secure; } names[] = {
	[COOKIE_SESSION] = { "nguon", "__Host-nguon" },
	[COOKIE_FORM] = { "nguon-form", "__Host-nguon-form" },
	[COOKIE_LANG] = { "nguon-lang", "__Host-nguon-lang" },
	[COOKIE_FLASH] = { "nguon-flash", "__Host-nguon-flash" },
	[COOKIE_THEME] = { "nguon-theme", "__Host-nguon-theme" },
};

const char *cookie_name(const struct web *w, enum cookie c)
{
	return w->secure ? names[c].secure : names[c].plain;
}

const char *cookie_get(const struct visit *v, enum cookie c)
{
	const char *header = http_header(v->rq, "Cookie");
	return header ? cookie_find(header, cookie_name(v->web, c), v->a) : NULL;
}

void cookie_set(struct visit *v, enum cookie c, const char *value, int64_t seconds)
{
	struct text t = TEXT(v->a);
	text_addf(&t, "%s=%s; Path=/; HttpOnly; SameSite=Lax", cookie_name(v->web, c), seconds < 0 ? "" : value);
	if (seconds != 0)
		text_addf(&t, "; Max-Age=%" PRId64, seconds < 0 ? (int64_t)0 : seconds);
	if (v->web->secure)
		text_add(&t, "; Secure");
	http_set(v->rs, "Set-Cookie", text_str(&t));
}
