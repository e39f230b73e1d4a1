#include "office/sheet_styles.h"
#include "office/sheet_xml.h"

#include <assert.h>
#include <string.h>

enum { STYLES_MAX = 65536, FORMATS_MAX = 4096 }; /* a spreadsheet itself allows 65,490 and 250 */

struct format {
	int64_t id;
	bool is_day;
};

struct reading {
	struct arena *arena;
	struct sheet_styles styles;
	struct format *formats;
	size_t n, cap;
	bool in_cell_styles;
};

/* Behind what the sign at s keeps from counting as a letter of the format. */
static const char *skip_literal(const char *s)
{
	const char *end;
	switch (*s) {
	case '"':
		end = strchr(s + 1, '"');
		break;
	case '[':
		end = strchr(s + 1, ']');
		break;
	case '\\':
	case '_': /* a blank as wide as the next sign */
	case '*': /* the next sign repeated */
		end = s[1] ? s + 1 : NULL;
		break;
	default:
		return s;
	}
	return end ? end + 1 : s + strlen(s);
}

bool sheet_styles_format_is_day(const char *format)
{
	for (const char *s = format; *s;) {
		const char *behind = skip_literal(s);
		if (behind == s && strchr("dmyDMY", *s))
			return true;
		s = behind == s ? s + 1 : behind;
	}
	return false;
}

/* Formats 14-22 and 45-47 are dates and times in every edition of the standard, without a text in the file. */
static bool id_is_day(const struct reading *r, int64_t id)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->formats[i].id == id)
			return r->formats[i].is_day;
	return (id >= 14 && id <= 22) || (id >= 45 && id <= 47);
}

static enum err add_format(struct reading *r, const char **attributes, struct fault *f)
{
	const char *code = sheet_xml_attribute(attributes, "formatCode");
	int64_t id;
	if (!code || !sheet_xml_number(sheet_xml_attribute(attributes, "numFmtId"), INT32_MAX, &id))
		return OK;
	if (r->n == FORMATS_MAX)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_STYLES);
	*arena_push(r->arena, r->formats, r->n, r->cap) = (struct format){ id, sheet_styles_format_is_day(code) };
	return OK;
}

static enum err add_style(struct reading *r, const char **attributes, struct fault *f)
{
	int64_t id = 0;
	if (r->styles.n == STYLES_MAX)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_STYLES);
	bool has_format = sheet_xml_number(sheet_xml_attribute(attributes, "numFmtId"), INT32_MAX, &id);
	*arena_push(r->arena, r->styles.is_day, r->styles.n, r->styles.cap) = has_format && id_is_day(r, id);
	return OK;
}

static enum err on_start(void *ctx, const char *name, const char **attributes, struct fault *f)
{
	struct reading *r = ctx;
	if (strcmp(name, "numFmt") == 0)
		return add_format(r, attributes, f);
	if (strcmp(name, "cellXfs") == 0)
		r->in_cell_styles = true;
	return r->in_cell_styles && strcmp(name, "xf") == 0 ? add_style(r, attributes, f) : OK;
}

static enum err on_end(void *ctx, const char *name, struct fault *f)
{
	(void)f;
	struct reading *r = ctx;
	if (strcmp(name, "cellXfs") == 0)
		r->in_cell_styles = false;
	return OK;
}

enum err sheet_styles_read(struct sheet_zip *z, const char *part, struct arena *a, struct sheet_styles *ret, struct fault *f)
{
	static const struct sheet_xml_handler handler = { .start = on_start, .end = on_end };
	struct reading r = { .arena = a };
	if (part)
		TRY(sheet_xml_read(z, part, &handler, &r, f));
	*ret = r.styles;
	return OK;
}

bool sheet_styles_is_day(const struct sheet_styles *s, int64_t style)
{
	assert(s->n <= STYLES_MAX);
	return style >= 0 && (size_t)style < s->n && s->is_day[style];
}
