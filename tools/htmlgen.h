/* htmlgen: pages written as HTML become C functions while the program is built. docs/pages.md says how a page is written. What it prints
 * is escaped by type (web/html.h); what could undo that, or the content security policy, is refused with file and line. */
#pragma once

#include "base/text.h"

enum { ELEMENTS_MAX = 64, BLOCKS_MAX = 64, NAME_SIZE = 48 };

/* Where in HTML the reader stands. */
enum state {
	IN_TEXT, IN_TAG_OPEN, IN_TAG_NAME, IN_TAG, IN_ATTRIBUTE, IN_EQUALS, IN_DOUBLE, IN_SINGLE, IN_BARE, IN_DOCTYPE
};

struct element {
	char name[NAME_SIZE];
	int line;
};

/* A { of C that is still open; what was so there must be so again at its }. */
struct block {
	int line;
	enum state state;
	size_t elements, value_n;
	bool need_space;
};

struct page {
	struct arena *arena;
	const char *file, *name;       /* "src/web/pages/unit.html", "unit" */
	const char *view;              /* "const struct unit_view *v" */
	const char **headers;
	size_t headers_n, headers_cap;
	bool part;                     /* opens or closes elements that another page closes or opens */
	const char *s;                 /* what is still to be read */
	int line, refusals;
	struct text out, literal;      /* C so far; HTML that is not yet in it */
	/* HTML */
	enum state state;
	char tag[NAME_SIZE], attribute[NAME_SIZE];
	bool closing, self_closing, has_src, need_space, script_refused;
	size_t value_n;                /* letters and expressions in the value of the attribute so far */
	char blank;                    /* white space of a text that is not yet written: ' ', '\n' or 0 */
	bool line_start;               /* nothing but white space, comments and statements on this line so far */
	struct element elements[ELEMENTS_MAX];
	size_t elements_n;
	struct block blocks[BLOCKS_MAX];
	size_t blocks_n;
};

/* Prints "file:line: why" and counts it. */
void refuse(struct page *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* htmlgen_html.c: the machine that follows HTML letter by letter. */
void html_letter(struct page *p, char c);
void html_blank(struct page *p);                  /* writes what is pending of white space */
void html_statement(struct page *p);              /* a statement stands here */
bool html_expression(struct page *p, bool *ret_address); /* false, refused: an expression may not stand here */
void html_end(struct page *p);
const struct element *element_last(const struct page *p); /* the one that was opened last and is open still */

/* htmlgen_c.c: the pieces of C between { and }. */
void c_statement(struct page *p, const char *s, size_t n);
void c_expression(struct page *p, const char *s, size_t n);
void c_literal(struct page *p);
void c_end(struct page *p);
