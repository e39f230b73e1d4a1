#include "htmlgen.h"
#include "gen_file.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void refuse(struct page *p, const char *fmt, ...)
{
	va_list ap;
	(void)fprintf(stderr, "%s:%d: ", p->file, p->line);
	va_start(ap, fmt);
	(void)vfprintf(stderr, fmt, ap);
	va_end(ap);
	(void)fputc('\n', stderr);
	p->refusals++;
}

/* "src/web/pages/unit.html" -> "unit" */
static const char *page_name(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strchr(base, '.');
	return arena_strndup(a, base, dot ? (size_t)(dot - base) : strlen(base));
}

/* ---- the first line: {# page_unit(const struct unit_view *v) "web/page_unit.h" #} ---- */

static const char *skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t' || *s == '\n')
		s++;
	return s;
}

static const char *read_headers(struct page *p, const char *s)
{
	const char *end;
	while (*(s = skip_blanks(s)) == '"' && (end = strchr(s + 1, '"'))) {
		*arena_push(p->arena, p->headers, p->headers_n, p->headers_cap) = arena_strndup(p->arena, s + 1, (size_t)(end - s - 1));
		s = end + 1;
	}
	return s;
}

static bool read_signature(struct page *p)
{
	const char *start = arena_printf(p->arena, "{# page_%s(", p->name), *end;
	if (strncmp(p->s, start, strlen(start)) != 0 || !(end = strchr(p->s, ')')))
		return false;
	const char *view = p->s + strlen(start);
	p->view = arena_strndup(p->arena, view, (size_t)(end - view));
	const char *rest = read_headers(p, end + 1);
	if (strncmp(rest, "part", 4) == 0) {
		p->part = true;
		rest = skip_blanks(rest + 4);
	}
	if (strncmp(rest, "#}", 2) != 0)
		return false;
	p->s = rest + 2;
	return p->headers_n > 0;
}

/* ---- the rest ---- */

/* A statement or comment alone on its line leaves nothing of that line. */
static void skip_line_end(struct page *p)
{
	const char *s = p->s;
	while (*s == ' ' || *s == '\t')
		s++;
	if (p->state != IN_TEXT || !p->line_start || *s != '\n')
		return;
	p->line++;
	for (s++; *s == ' ' || *s == '\t'; s++)
		;
	p->s = s;
}

static void advance(struct page *p, const char *to)
{
	for (; p->s < to; p->s++)
		p->line += *p->s == '\n';
}

static bool read_piece(struct page *p, char kind)
{
	const char *const close = kind == '{' ? "}}" : kind == '%' ? "%}" : "#}";
	const char *inner = p->s + 2, *end = strstr(inner, close);
	if (!end) {
		refuse(p, "{%c is never closed by %s", kind, close);
		return false;
	}
	if (kind == '{')
		c_expression(p, inner, (size_t)(end - inner));
	else if (kind == '%')
		c_statement(p, inner, (size_t)(end - inner));
	advance(p, end + 2);
	if (kind == '{')
		p->line_start = false;
	else
		skip_line_end(p);
	return true;
}

static void read_body(struct page *p)
{
	while (*p->s) {
		if (p->s[0] == '{' && p->s[1] && strchr("{%#", p->s[1])) {
			if (!read_piece(p, p->s[1]))
				return;
			continue;
		}
		html_letter(p, *p->s);
		p->line += *p->s == '\n';
		p->s++;
	}
	html_end(p);
}

static void add_prototype(struct text *t, const struct page *p)
{
	text_addf(t, "void page_%s(struct html *h, %s)", p->name, p->view);
}

static void compile(struct page *p)
{
	p->line = 1;
	p->line_start = true;
	if (!read_signature(p)) {
		refuse(p, "the first line must be {# page_%s(const struct X_view *v) \"web/X.h\" #}", p->name);
		return;
	}
	skip_line_end(p);
	text_add(&p->out, "#include \"pages.gen.h\"\n\n#pragma GCC diagnostic ignored \"-Wunused-parameter\"\n\n");
	add_prototype(&p->out, p);
	text_add(&p->out, "\n{\n");
	read_body(p);
	c_end(p);
}

static void add_include(struct arena *a, struct text *t, const char *header)
{
	const char *line = arena_printf(a, "#include \"%s\"\n", header);
	if (!strstr(text_str(t), line))
		text_add(t, line);
}

static const char *header_of(struct arena *a, const struct page *pages, size_t n)
{
	struct text t = TEXT(a), prototypes = TEXT(a);
	text_add(&t, "/* Made by tools/htmlgen from src/web/pages. */\n#pragma once\n\n#include \"web/html.h\"\n");
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < pages[i].headers_n; k++)
			add_include(a, &t, pages[i].headers[k]);
		add_prototype(&prototypes, &pages[i]);
		text_add(&prototypes, ";\n");
	}
	text_addc(&t, '\n');
	text_add(&t, text_str(&prototypes));
	return text_str(&t);
}

static struct page page_of(struct arena *a, const char *path)
{
	struct page p = { .arena = a, .file = path, .name = page_name(a, path), .s = gen_read(a, path) };
	p.out = TEXT(a);
	p.literal = TEXT(a);
	return p;
}

int main(int argc, char **argv)
{
	scoped(arena_done) struct arena arena = { 0 };
	int refusals = 0;
	if (argc < 3) {
		(void)fputs("usage: htmlgen FOLDER PAGE.html...\n", stderr);
		return 2;
	}
	size_t n = (size_t)argc - 2;
	struct page *pages = arena_array(&arena, struct page, n);
	for (size_t i = 0; i < n; i++) {
		pages[i] = page_of(&arena, argv[i + 2]);
		compile(&pages[i]);
		refusals += pages[i].refusals;
	}
	if (refusals > 0)
		return 1;
	gen_write(&arena, argv[1], "pages.gen.h", header_of(&arena, pages, n));
	for (size_t i = 0; i < n; i++)
		gen_write(&arena, argv[1], arena_printf(&arena, "%s.c", pages[i].name), text_str(&pages[i].out));
	return 0;
}
