/* HTML that is written piece by piece. Pages are compiled from pages/ *.html by tools/htmlgen; what they print is escaped by its type: text
 * and numbers always, `struct url` only in attributes that take an address, and nothing but `struct raw` passes as it is. */
#pragma once

#include "base/day.h"
#include "base/text.h"

struct html {
	struct text *out;
	struct arena *arena;
	enum lang lang;
};

/* An address of this site, made by url(); its parts are percent-encoded there. */
struct url {
	const char *s;
};

/* Markup that was made by this program itself. Only html.c, pages and the frame make it. */
struct raw {
	const char *s;
};

void html_put(struct html *h, const char *s, size_t n);    /* as it is */
void html_text(struct html *h, const char *s);             /* & < > " ' escaped; NULL prints nothing */
void html_i64(struct html *h, int64_t v);                  /* digits alone: ids */
void html_day(struct html *h, struct day d);               /* 26/03/2024, in English 2024-03-26; "–" when not known */
void html_url(struct html *h, struct url u);
void html_raw(struct html *h, struct raw r);
static inline void html_bool_(struct html *h, bool v) { html_i64(h, v); }

/* What {{ }} of a page becomes. */
#define html_out(h, x) \
	_Generic((x), const char *: html_text, char *: html_text, bool: html_bool_, int: html_i64, long: html_i64, long long: html_i64, \
		unsigned: html_i64, unsigned long: html_i64, struct day: html_day, struct raw: html_raw)((h), (x))

/* A sentence of the page in the reader's language. */
#define T(vi_, en_) (h->lang == LANG_VI ? (vi_) : (en_))

/* 9805 as "9.805" or "9,805". */
const char *html_number(struct html *h, int64_t v);
/* "12.9" as "12,9" in Vietnamese. */
const char *html_decimal(struct html *h, const char *digits);
/* Instant as "26/03/2024 14:05" of Vietnamese time; "–" for 0. */
const char *html_instant(struct html *h, int64_t us);

/* "/people/%" with one argument for each %: texts encoded, for example url(a, "/units/%/people?step=%", code, step). Parts that are NULL
 * print nothing. A pattern begins with / (this site), ? (this page, asked otherwise) or # (a place of this page). */
struct url url_make(struct arena *a, const char *pattern, const char *const parts[], size_t n);
#define url(a, pattern, ...) \
	url_make((a), (pattern), (const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL }, \
		sizeof (const char *const[]){ __VA_ARGS__ __VA_OPT__(,) NULL } / sizeof(const char *) - 1)
/* Digits of an id, for url(). */
const char *id_text(struct arena *a, int64_t id);

/* Address of a bundled file by its plain name: "app.css" gives "/assets/app.3f2a91c0.css". It must be there. */
struct url asset(const char *name);
