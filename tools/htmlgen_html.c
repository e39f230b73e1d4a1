#include "htmlgen.h"

#include <ctype.h>
#include <string.h>

static const char void_elements[] = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr";

/* Attributes that hold an address: only a `struct url` or an address that is written out may stand in them. */
static const char address_attributes[] = "href|src|action|formaction|hx-get|hx-post|hx-put|hx-patch|hx-delete|xlink:href";

/* Attributes that would run or fetch something, and what to do instead. */
static const struct {
	const char *name, *instead;
} banned[] = {
	{ "style", "the content security policy forbids it; give it a class" },
	{ "srcdoc", "the content security policy forbids it" },
	{ "srcset", "use src" },
	{ "ping", "nothing is reported" },
	{ "hx-vals", "use inputs of the form" },
	{ "hx-vars", "use inputs of the form" },
	{ "hx-headers", "use inputs of the form" },
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static void name_add(char name[NAME_SIZE], char c)
{
	size_t n = strlen(name);
	if (n + 1 < NAME_SIZE) {
		name[n] = (char)tolower((unsigned char)c);
		name[n + 1] = '\0';
	}
}

static bool inside(const struct page *p, const char *names)
{
	for (size_t i = 0; i < p->elements_n; i++) {
		if (text_listed(names, p->elements[i].name))
			return true;
	}
	return false;
}

/* ---- elements ---- */

const struct element *element_last(const struct page *p)
{
	return &p->elements[p->elements_n - 1];
}

static void element_open(struct page *p)
{
	if (text_equal(p->tag, "style"))
		refuse(p, "<style>: the content security policy forbids it; rules go into assets/src/app.css");
	if (text_equal(p->tag, "script") && !p->has_src)
		refuse(p, "<script> without src: the content security policy forbids it; code goes into assets/src");
	if (text_listed(void_elements, p->tag))
		return;
	if (p->elements_n == ELEMENTS_MAX) {
		refuse(p, "more than %d elements inside each other", ELEMENTS_MAX);
		return;
	}
	struct element *e = &p->elements[p->elements_n++];
	memcpy(e->name, p->tag, NAME_SIZE);
	e->line = p->line;
	p->script_refused = false;
}

static void element_close(struct page *p)
{
	size_t floor = p->blocks_n ? p->blocks[p->blocks_n - 1].elements : 0;
	if (p->elements_n > floor && text_equal(element_last(p)->name, p->tag)) {
		p->elements_n--;
		return;
	}
	if (p->elements_n == 0 && p->part)
		return;
	if (p->elements_n == floor)
		refuse(p, "</%s> closes nothing that was opened %s", p->tag, p->blocks_n ? "in this block" : "here");
	else
		refuse(p, "</%s> stands where <%s> of line %d is still open", p->tag, element_last(p)->name, element_last(p)->line);
}

static void tag_end(struct page *p)
{
	p->state = IN_TEXT;
	if (p->closing) {
		element_close(p);
		return;
	}
	if (p->self_closing) {
		if (!inside(p, "svg|math"))
			refuse(p, "<%s/>: only elements of SVG close themselves", p->tag);
		return;
	}
	element_open(p);
}

/* ---- attributes ---- */

static void attribute_check(struct page *p)
{
	const char *name = p->attribute;
	if (strncmp(name, "on", 2) == 0 || strncmp(name, "hx-on", 5) == 0)
		refuse(p, "%s: the content security policy forbids it; code goes into assets/src", name);
	for (size_t i = 0; i < sizeof banned / sizeof *banned; i++) {
		if (text_equal(name, banned[i].name))
			refuse(p, "%s: %s", name, banned[i].instead);
	}
	if (text_equal(name, "src"))
		p->has_src = true;
}

static void attribute_start(struct page *p, char c)
{
	if (p->need_space)
		refuse(p, "white space is missing before an attribute of <%s>", p->tag);
	p->need_space = false;
	p->attribute[0] = '\0';
	name_add(p->attribute, c);
	p->state = IN_ATTRIBUTE;
}

static void attribute_end(struct page *p)
{
	attribute_check(p);
	p->state = IN_TAG;
}

static void value_letter(struct page *p, char c)
{
	bool address = text_listed(address_attributes, p->attribute);
	if (address && p->value_n == 0 && !strchr("/?#", c))
		refuse(p, "%s: an address is one {{ }} of struct url, or begins with / ? or #", p->attribute);
	if (address && p->value_n == 1 && c == '/' && p->literal.n > 0 && p->literal.p[p->literal.n - 1] == '/')
		refuse(p, "%s: // leads to another site", p->attribute);
	p->value_n++;
}

/* ---- letters ---- */

static void in_text(struct page *p, char c)
{
	if (c == '<') {
		p->state = IN_TAG_OPEN;
	} else if (inside(p, "script") && !is_blank(c) && !p->script_refused) {
		refuse(p, "text inside <script>: code goes into assets/src");
		p->script_refused = true;
	}
}

static void in_tag_open(struct page *p, char c)
{
	p->closing = p->self_closing = p->has_src = p->need_space = false;
	p->tag[0] = '\0';
	p->state = IN_TAG_NAME;
	if (c == '/') {
		p->closing = true;
	} else if (isalpha((unsigned char)c)) {
		name_add(p->tag, c);
	} else if (c == '!') {
		if (strncmp(p->s, "!--", 3) == 0)
			refuse(p, "comments are written {# #}");
		p->state = IN_DOCTYPE;
	} else {
		refuse(p, "write &lt; for a < that opens no tag");
		p->state = IN_TEXT;
	}
}

static void in_tag_name(struct page *p, char c)
{
	if (is_blank(c))
		p->state = IN_TAG;
	else if (c == '>')
		tag_end(p);
	else if (c == '/')
		p->self_closing = true;
	else
		name_add(p->tag, c);
}

static void in_tag(struct page *p, char c)
{
	if (is_blank(c))
		p->need_space = false;
	else if (c == '>')
		tag_end(p);
	else if (c == '/')
		p->self_closing = true;
	else if (c == '=')
		refuse(p, "no white space before =");
	else
		attribute_start(p, c);
}

static void in_attribute(struct page *p, char c)
{
	if (is_blank(c)) {
		attribute_end(p);
	} else if (c == '>') {
		attribute_end(p);
		tag_end(p);
	} else if (c == '=') {
		attribute_check(p);
		p->state = IN_EQUALS;
	} else {
		name_add(p->attribute, c);
	}
}

static void in_equals(struct page *p, char c)
{
	p->value_n = 0;
	if (c == '"' || c == '\'') {
		p->state = c == '"' ? IN_DOUBLE : IN_SINGLE;
	} else if (is_blank(c) || c == '>') {
		refuse(p, "%s= has no value", p->attribute);
		p->state = IN_TAG;
	} else {
		p->state = IN_BARE;
		value_letter(p, c);
	}
}

static void in_quoted(struct page *p, char c)
{
	if (c != (p->state == IN_DOUBLE ? '"' : '\'')) {
		value_letter(p, c);
		return;
	}
	p->state = IN_TAG;
	p->need_space = true;
}

static void in_bare(struct page *p, char c)
{
	if (c == '>') {
		tag_end(p);
	} else if (is_blank(c)) {
		p->state = IN_TAG;
	} else {
		if (strchr("\"'=<`", c))
			refuse(p, "%c in the unquoted value of %s", c, p->attribute);
		value_letter(p, c);
	}
}

static void in_doctype(struct page *p, char c)
{
	if (c == '>')
		p->state = IN_TEXT;
}

static void step(struct page *p, char c)
{
	static void (*const steps[])(struct page *p, char c) = {
		[IN_TEXT] = in_text, [IN_TAG_OPEN] = in_tag_open, [IN_TAG_NAME] = in_tag_name, [IN_TAG] = in_tag, [IN_ATTRIBUTE] = in_attribute,
		[IN_EQUALS] = in_equals, [IN_DOUBLE] = in_quoted, [IN_SINGLE] = in_quoted, [IN_BARE] = in_bare, [IN_DOCTYPE] = in_doctype,
	};
	steps[p->state](p, c);
}

void html_blank(struct page *p)
{
	if (p->blank)
		text_addc(&p->literal, p->blank);
	p->blank = '\0';
}

/* White space counts as one blank or one line end, but for where its amount is shown. */
static bool collapses(const struct page *p)
{
	return p->state == IN_TAG || (p->state == IN_TEXT && !inside(p, "pre|textarea"));
}

void html_letter(struct page *p, char c)
{
	if (is_blank(c)) {
		p->line_start |= c == '\n';
		step(p, c);
		if (!collapses(p))
			text_addc(&p->literal, c);
		else if (p->blank != '\n')
			p->blank = p->state == IN_TAG ? ' ' : c == '\n' ? '\n' : ' ';
		return;
	}
	if (p->state != IN_TAG || (c != '>' && c != '/'))
		html_blank(p);
	p->blank = '\0';
	p->line_start = false;
	step(p, c);
	text_addc(&p->literal, c);
}

/* A statement ends the word before it, so that every way through the page reads alike. */
void html_statement(struct page *p)
{
	if (p->state == IN_ATTRIBUTE)
		attribute_end(p);
	else if (p->state == IN_TAG_NAME || p->state == IN_BARE)
		p->state = IN_TAG;
	else if (p->state != IN_TAG)
		return;
	if (!p->blank)
		p->need_space = true;
}

bool html_expression(struct page *p, bool *ret_address)
{
	*ret_address = false;
	if (p->state == IN_TEXT) {
		if (inside(p, "script|style"))
			refuse(p, "{{ }} inside <%s>", element_last(p)->name);
		return !inside(p, "script|style");
	}
	if (p->state != IN_DOUBLE && p->state != IN_SINGLE) {
		refuse(p, "{{ }} stands in text or between the quotes of an attribute, nowhere else in a tag");
		return false;
	}
	*ret_address = text_listed(address_attributes, p->attribute);
	if (*ret_address && p->value_n > 0) {
		refuse(p, "%s: an address is one {{ }} of struct url; url() puts it together", p->attribute);
		return false;
	}
	p->value_n += 2; /* what follows is not its first letter */
	return true;
}

void html_end(struct page *p)
{
	if (p->state != IN_TEXT)
		refuse(p, "a tag is not closed at the end");
	for (size_t i = 0; !p->part && i < p->elements_n; i++) {
		p->line = p->elements[i].line;
		refuse(p, "<%s> is never closed", p->elements[i].name);
	}
	html_blank(p);
}
