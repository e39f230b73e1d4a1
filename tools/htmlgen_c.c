#include "htmlgen.h"

#include <ctype.h>
#include <string.h>

/* Empties the HTML that was collected into C, as octal escapes where needed, in lines that can be read. */
void c_literal(struct page *p)
{
	if (p->literal.n == 0)
		return;
	struct text *out = &p->out;
	size_t column = 0;
	text_add(out, "\thtml_put(h, \"");
	for (size_t i = 0; i < p->literal.n; i++) {
		unsigned char c = (unsigned char)p->literal.p[i];
		size_t before = out->n;
		if (c == '\n')
			text_add(out, "\\n");
		else if (c == '"' || c == '\\')
			text_addf(out, "\\%c", c);
		else if (c < ' ' || c > '~')
			text_addf(out, "\\%03o", c);
		else
			text_addc(out, (char)c);
		column += out->n - before;
		if (column >= 120 && i + 1 < p->literal.n) {
			text_add(out, "\"\n\t\t\"");
			column = 0;
		}
	}
	text_addf(out, "\", %zu);\n", p->literal.n);
	p->literal.n = 0;
}

static void add_line(struct page *p)
{
	text_addf(&p->out, "#line %d \"%s\"\n", p->line, p->file);
}

static void trim(const char **s, size_t *n)
{
	while (*n > 0 && isspace((unsigned char)**s)) {
		(*s)++;
		(*n)--;
	}
	while (*n > 0 && isspace((unsigned char)(*s)[*n - 1]))
		(*n)--;
}

void c_expression(struct page *p, const char *s, size_t n)
{
	bool address;
	html_blank(p);
	trim(&s, &n);
	if (n == 0) {
		refuse(p, "{{ }} is empty");
		return;
	}
	if (!html_expression(p, &address))
		return;
	c_literal(p);
	add_line(p);
	text_addf(&p->out, "\t%s(h, (%.*s));\n", address ? "html_url" : "html_out", (int)n, s);
}

static void block_open(struct page *p, int line)
{
	if (p->blocks_n == BLOCKS_MAX) {
		refuse(p, "more than %d blocks inside each other", BLOCKS_MAX);
		return;
	}
	p->blocks[p->blocks_n++] = (struct block){ line, p->state, p->elements_n, p->value_n, p->need_space };
}

static void block_close(struct page *p)
{
	if (p->blocks_n == 0) {
		refuse(p, "} closes no block");
		return;
	}
	const struct block *b = &p->blocks[--p->blocks_n];
	if (p->elements_n > b->elements)
		refuse(p, "the block of line %d ends inside its <%s> of line %d", b->line, element_last(p)->name, element_last(p)->line);
	else if (p->state != b->state)
		refuse(p, "the block of line %d ends inside a tag or value that it did not begin in", b->line);
	p->state = b->state;
	p->elements_n = b->elements < p->elements_n ? b->elements : p->elements_n;
	p->value_n = b->value_n;
	p->need_space |= b->need_space;
}

/* Skips a literal of C; `i` is at its first quote, the place of its last one is returned. */
static size_t skip_quoted(const char *s, size_t n, size_t i)
{
	char quote = s[i];
	for (i++; i < n && s[i] != quote; i++) {
		if (s[i] == '\\')
			i++;
	}
	return i;
}

static void follow_braces(struct page *p, const char *s, size_t n)
{
	int line = p->line;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '"' || s[i] == '\'')
			i = skip_quoted(s, n, i);
		else if (s[i] == '\n')
			line++;
		else if (s[i] == '{')
			block_open(p, line);
		else if (s[i] == '}')
			block_close(p);
	}
}

static bool has_word(const char *s, size_t n, const char *word)
{
	size_t length = strlen(word);
	for (size_t i = 0; i + length <= n; i++) {
		bool starts = i == 0 || (!isalnum((unsigned char)s[i - 1]) && s[i - 1] != '_');
		bool ends = i + length == n || (!isalnum((unsigned char)s[i + length]) && s[i + length] != '_');
		if (starts && ends && memcmp(s + i, word, length) == 0)
			return true;
	}
	return false;
}

void c_statement(struct page *p, const char *s, size_t n)
{
	int line = p->line;
	trim(&s, &n);
	if (n == 0 || !strchr(";{}:", s[n - 1]))
		refuse(p, "{%% %%} ends in ; { } or :, for without braces only part of what follows would belong to it");
	if (has_word(s, n, "return") || has_word(s, n, "goto"))
		refuse(p, "{%% %%} leaves the page in the middle; put what follows into a block");
	html_statement(p);
	html_blank(p);
	c_literal(p);
	follow_braces(p, s, n);
	p->line = line;
	add_line(p);
	text_addf(&p->out, "\t%.*s\n", (int)n, s);
}

void c_end(struct page *p)
{
	c_literal(p);
	if (p->blocks_n > 0) {
		p->line = p->blocks[p->blocks_n - 1].line;
		refuse(p, "this block is never closed");
	}
	text_add(&p->out, "}\n");
}
