#include "http/field.h"
#include "http/url.h"

#include "base/utf8.h"

#include <string.h>
#include <strings.h>

enum { BOUNDARY_MAX = 70, PART_HEADERS = 16, PART_HEADERS_BYTES = 4 << 10, FILENAME_MAX_BYTES = 255 };

struct span {
	const char *p, *end;
};

struct reader {
	struct arena *arena;
	struct span rest;      /* of the body */
	const char *delimiter; /* CR LF, two hyphens, the boundary */
	size_t delimiter_n;
	struct form form;
};

/* What the headers of one part say. */
struct part {
	const char *name, *filename, *filename_star; /* decoded */
	size_t name_n, filename_n, filename_star_n;
	bool is_field; /* Content-Disposition: form-data stood there */
};

static enum err broken(struct fault *f)
{
	return FAULT(f, E_INVALID, NULL, MSG_HTTP_MULTIPART_BROKEN);
}

static size_t length(struct span s)
{
	return (size_t)(s.end - s.p);
}

static bool starts(struct span s, const char *with)
{
	size_t n = strlen(with);
	return length(s) >= n && strncasecmp(s.p, with, n) == 0;
}

static void skip_blanks(struct span *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\t'))
		s->p++;
}

/* ---- parameters: ; name=value; name="value" ---- */

struct parameter {
	char name[16]; /* in lower case; "" when it is longer than any that is known */
	const char *value;
	size_t n;
};

static bool is_token_byte(char c)
{
	return c > ' ' && c < 127 && !strchr("()<>@,;:\\\"/[]?=", c);
}

/* Only a quotation mark and a backslash are escaped by a backslash; before anything else it is one of an old Windows path. */
static bool read_quoted(struct span *s, struct arena *a, struct parameter *ret)
{
	char *out = arena_alloc(a, length(*s) + 1);
	size_t n = 0;
	for (s->p++; s->p < s->end && *s->p != '"'; s->p++) {
		if (*s->p == '\\' && s->p + 1 < s->end && (s->p[1] == '"' || s->p[1] == '\\'))
			s->p++;
		out[n++] = *s->p;
	}
	if (s->p == s->end)
		return false;
	s->p++;
	ret->value = out;
	ret->n = n;
	return true;
}

static bool read_word(struct span *s, struct parameter *ret)
{
	ret->value = s->p;
	while (s->p < s->end && is_token_byte(*s->p))
		s->p++;
	ret->n = (size_t)(s->p - ret->value);
	return ret->n > 0;
}

/* False when there is none, or it is wrong; *s is at its end then only in the first case. */
static bool next_parameter(struct span *s, struct arena *a, struct parameter *ret)
{
	struct parameter p = { 0 };
	skip_blanks(s);
	if (s->p == s->end || *s->p != ';')
		return false;
	s->p++;
	skip_blanks(s);
	const char *name = s->p;
	while (s->p < s->end && is_token_byte(*s->p))
		s->p++;
	size_t n = (size_t)(s->p - name);
	if (n == 0 || s->p == s->end || *s->p != '=') {
		s->p = name; /* not at the end, unless a lone semicolon ended it */
		return false;
	}
	for (size_t i = 0; n < sizeof p.name && i < n; i++)
		p.name[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
	s->p++;
	if (s->p < s->end && *s->p == '"' ? !read_quoted(s, a, &p) : !read_word(s, &p)) {
		s->p = name;
		return false;
	}
	*ret = p;
	return true;
}

/* ---- the boundary ---- */

static bool is_boundary(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!((s[i] >= '0' && s[i] <= '9') || ((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z') || strchr("'()+_,-./:=? ", s[i])))
			return false;
	return n > 0 && n <= BOUNDARY_MAX && s[n - 1] != ' ';
}

static enum err read_boundary(const char *content_type, struct reader *r, struct fault *f)
{
	static const char type[] = "multipart/form-data";
	struct span s = { content_type, content_type + strlen(content_type) };
	struct parameter p, boundary = { 0 };
	if (!starts(s, type))
		return broken(f);
	s.p += sizeof type - 1;
	while (next_parameter(&s, r->arena, &p)) {
		if (strcmp(p.name, "boundary") != 0)
			continue;
		if (boundary.value)
			return broken(f);
		boundary = p;
	}
	if (s.p != s.end || !boundary.value || !is_boundary(boundary.value, boundary.n))
		return broken(f);
	r->delimiter = arena_printf(r->arena, "\r\n--%.*s", (int)boundary.n, boundary.value);
	r->delimiter_n = boundary.n + 4;
	return OK;
}

/* What stands behind a delimiter: white space and a line end (another part follows), or two hyphens (the end). */
enum after { AFTER_PART, AFTER_END, AFTER_TEXT };

static enum after read_after(struct span *s)
{
	if (starts(*s, "--")) {
		s->p = s->end;
		return AFTER_END;
	}
	struct span t = *s;
	skip_blanks(&t);
	if (!starts(t, "\r\n"))
		return AFTER_TEXT;
	s->p = t.p + 2;
	return AFTER_PART;
}

/* The content up to the next delimiter, which *rest is moved behind. */
static bool read_content(struct reader *r, struct span *ret, enum after *ret_after)
{
	const char *start = r->rest.p;
	for (const char *from = start, *hit; (hit = memmem(from, (size_t)(r->rest.end - from), r->delimiter, r->delimiter_n)); from = hit + 2) {
		struct span behind = { hit + r->delimiter_n, r->rest.end };
		enum after after = read_after(&behind);
		if (after == AFTER_TEXT)
			continue;
		r->rest = behind;
		*ret = (struct span){ start, hit };
		*ret_after = after;
		return true;
	}
	return false;
}

/* ---- headers of a part ---- */

/* filename*=UTF-8''Danh%20s%C3%A1ch.xlsx (RFC 8187); other character sets are not read. */
static bool read_extended(const struct parameter *p, struct arena *a, struct part *part)
{
	struct span s = { p->value, p->value + p->n };
	if (!starts(s, "UTF-8'"))
		return false;
	const char *text = memchr(s.p + 6, '\'', length(s) - 6);
	if (!text)
		return false;
	text++;
	part->filename_star = url_decode(text, (size_t)(s.end - text), false, a, &part->filename_star_n);
	return part->filename_star;
}

/* Browsers write a quotation mark and line ends in names as %22, %0D and %0A, and leave other percent signs alone. */
static void unescape_browser(const struct parameter *p, struct arena *a, const char **ret, size_t *ret_n)
{
	char *out = arena_alloc(a, p->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		struct span s = { p->value + i, p->value + p->n };
		bool escaped = starts(s, "%22") || starts(s, "%0D") || starts(s, "%0A");
		int code = escaped ? url_hex(s.p[1]) << 4 | url_hex(s.p[2]) : *s.p;
		out[n++] = (char)code;
		i += escaped ? 2 : 0;
	}
	*ret = out;
	*ret_n = n;
}

static bool read_disposition(struct span s, struct arena *a, struct part *part)
{
	struct parameter p;
	if (!starts(s, "form-data") || part->is_field)
		return false;
	s.p += sizeof "form-data" - 1;
	while (next_parameter(&s, a, &p)) {
		bool fresh = true;
		if (strcmp(p.name, "name") == 0) {
			fresh = !part->name;
			unescape_browser(&p, a, &part->name, &part->name_n);
		} else if (strcmp(p.name, "filename") == 0) {
			fresh = !part->filename;
			unescape_browser(&p, a, &part->filename, &part->filename_n);
		} else if (strcmp(p.name, "filename*") == 0) {
			fresh = !part->filename_star && read_extended(&p, a, part);
		}
		if (!fresh)
			return false;
	}
	part->is_field = part->name;
	return part->is_field && s.p == s.end;
}

static bool read_header(struct span line, struct arena *a, struct part *part)
{
	const char *colon = memchr(line.p, ':', length(line));
	if (!colon || colon == line.p)
		return false;
	for (const char *p = line.p; p < colon; p++)
		if (!is_token_byte(*p))
			return false;
	struct span value = { colon + 1, line.end };
	skip_blanks(&value);
	if (starts(line, "Content-Disposition:"))
		return read_disposition(value, a, part);
	if (starts(line, "Content-Type:"))
		return !starts(value, "multipart/");
	if (starts(line, "Content-Transfer-Encoding:"))
		return starts(value, "7bit") || starts(value, "8bit") || starts(value, "binary");
	return true;
}

static enum err read_headers(struct reader *r, struct part *part, struct fault *f)
{
	for (int lines = 0;; lines++) {
		struct span near = { r->rest.p, r->rest.end };
		if (length(near) > PART_HEADERS_BYTES)
			near.end = near.p + PART_HEADERS_BYTES;
		const char *end = memmem(near.p, length(near), "\r\n", 2);
		if (lines > PART_HEADERS || (!end && near.end != r->rest.end))
			return FAULT(f, E_TOOBIG, NULL, MSG_HTTP_MULTIPART_HEADERS);
		if (!end)
			return broken(f);
		r->rest.p = end + 2;
		if (end == near.p)
			return part->is_field ? OK : broken(f);
		if (!read_header((struct span){ near.p, end }, r->arena, part))
			return broken(f);
	}
}

/* ---- parts ---- */

/* The last piece of a path: some programs send the whole of it. */
static enum err read_filename(const struct part *part, struct arena *a, const char **ret, struct fault *f)
{
	const char *s = part->filename_star ? part->filename_star : part->filename;
	size_t n = part->filename_star ? part->filename_star_n : part->filename_n;
	for (size_t i = n; i-- > 0;)
		if (s[i] == '/' || s[i] == '\\') {
			s += i + 1;
			n -= i + 1;
			break;
		}
	if (n > FILENAME_MAX_BYTES)
		return FAULT(f, E_TOOBIG, NULL, MSG_HTTP_FILENAME_LONG);
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 127)
			return FAULT(f, E_INVALID, NULL, MSG_CONTROL_CHARACTER);
	if (!utf8_valid(s, n))
		return FAULT(f, E_INVALID, NULL, MSG_NOT_UTF8);
	*ret = arena_strndup(a, s, n);
	return OK;
}

static enum err add_part(struct reader *r, const struct part *part, struct span content, struct fault *f)
{
	struct form_field field = { .value = "", .bytes = content.p, .n = length(content) };
	if (!part->filename && !part->filename_star)
		return field_add(&r->form, r->arena, part->name, part->name_n, content.p, length(content), f);
	TRY(field_check_name(part->name, part->name_n, f));
	TRY(read_filename(part, r->arena, &field.filename, f));
	field.name = arena_strndup(r->arena, part->name, part->name_n);
	return field_push(&r->form, r->arena, &field, f);
}

enum err form_read_multipart(const char *content_type, const char *bytes, size_t n, struct arena *a, struct form *ret, struct fault *f)
{
	struct reader r = { .arena = a, .rest = { bytes, bytes + n } };
	TRY(read_boundary(content_type, &r, f));
	if (n < r.delimiter_n - 2 || memcmp(bytes, r.delimiter + 2, r.delimiter_n - 2) != 0)
		return broken(f);
	r.rest.p += r.delimiter_n - 2;
	enum after after = read_after(&r.rest);
	while (after == AFTER_PART) {
		struct part part = { 0 };
		struct span content;
		TRY(read_headers(&r, &part, f));
		if (!read_content(&r, &content, &after))
			return FAULT(f, E_INVALID, NULL, MSG_HTTP_MULTIPART_CUT);
		TRY(add_part(&r, &part, content, f));
	}
	if (after == AFTER_TEXT)
		return broken(f);
	*ret = r.form;
	return OK;
}
