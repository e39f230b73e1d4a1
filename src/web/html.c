#include "web/html.h"

#include <assert.h>
#include <string.h>

static const int64_t second_us = 1000000, day_s = 86400, vietnam_s = 7 * 3600;

/* ---- what pages print ---- */

void html_put(struct html *h, const char *s, size_t n)
{
	text_addn(h->out, s, n);
}

static const char *entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	default: return "&#39;";
	}
}

void html_text(struct html *h, const char *s)
{
	while (s && *s) {
		size_t plain = strcspn(s, "&<>\"'");
		text_addn(h->out, s, plain);
		s += plain;
		if (*s)
			text_add(h->out, entity(*s++));
	}
}

void html_i64(struct html *h, int64_t v)
{
	text_addf(h->out, "%lld", (long long)v);
}

void html_day(struct html *h, struct day d)
{
	char buf[DAY_TEXT];
	if (!day_known(d))
		text_add(h->out, "–");
	else
		text_add(h->out, h->lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf));
}

void html_url(struct html *h, struct url u)
{
	html_text(h, u.s);
}

void html_raw(struct html *h, struct raw r)
{
	text_add(h->out, r.s);
}

/* ---- numbers and instants as texts ---- */

static void add_grouped(struct text *t, const char *digits, size_t n, char group)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			text_addc(t, group);
		text_addc(t, digits[i]);
	}
}

static const char *number_text(struct html *h, const char *s)
{
	struct text t = TEXT(h->arena);
	bool vi = h->lang == LANG_VI;
	if (*s == '-')
		text_addc(&t, *s++);
	size_t whole = strspn(s, "0123456789");
	add_grouped(&t, s, whole, vi ? '.' : ',');
	s += whole;
	if (*s == '.') {
		text_addc(&t, vi ? ',' : '.');
		s++;
	}
	text_add(&t, s);
	return text_str(&t);
}

const char *html_number(struct html *h, int64_t v)
{
	return number_text(h, arena_printf(h->arena, "%lld", (long long)v));
}

const char *html_decimal(struct html *h, const char *digits)
{
	return number_text(h, digits);
}

const char *html_instant(struct html *h, int64_t us)
{
	char buf[DAY_TEXT];
	if (us == 0)
		return "–";
	int64_t s = us / second_us + vietnam_s, rest = s % day_s;
	struct day d = { (int32_t)(s / day_s) };
	const char *day = h->lang == LANG_VI ? day_vi(d, buf) : day_iso(d, buf);
	return arena_printf(h->arena, "%s %02d:%02d", day, (int)(rest / 3600), (int)(rest / 60 % 60));
}

/* ---- addresses ---- */

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~", c);
}

static void add_encoded(struct text *t, const char *s)
{
	for (; s && *s; s++) {
		if (is_unreserved(*s))
			text_addc(t, *s);
		else
			text_addf(t, "%%%02X", (unsigned)(unsigned char)*s);
	}
}

struct url url_make(struct arena *a, const char *pattern, const char *const parts[], size_t n)
{
	struct text t = TEXT(a);
	size_t used = 0;
	assert(strchr("/?#", pattern[0]) && pattern[1] != '/'); /* of this site: neither "javascript:" nor "//elsewhere" */
	for (; *pattern; pattern++) {
		if (*pattern != '%') {
			text_addc(&t, *pattern);
			continue;
		}
		assert(used < n);
		add_encoded(&t, parts[used++]);
	}
	assert(used == n);
	return (struct url){ text_str(&t) };
}

const char *id_text(struct arena *a, int64_t id)
{
	return arena_printf(a, "%lld", (long long)id);
}
