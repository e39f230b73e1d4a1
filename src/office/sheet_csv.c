#include "base/text.h"
#include "base/utf8.h"
#include "office/sheet.h"
#include "office/sheet_kind.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	SAMPLE_BYTES = 1 << 16, /* looked at to find encoding and separator */
	SAMPLE_LINES = 50,
	/* A foreign encoding is turned into UTF-8 this much at a time. Twice the limit of a cell: a piece without a place to cut holds a
	 * cell that is too long. */
	PIECE_BYTES = 2 * SHEET_CELL_BYTES + 2,
};

enum state {
	AT_START,     /* of a cell */
	IN_PLAIN,
	IN_QUOTES,
	AFTER_QUOTES, /* a quote inside quotes: the end of the cell, or half of a doubled quote */
};

struct csv {
	sheet_row_fn *fn;
	void *ctx;
	struct fault *f;
	int64_t done, total;
	char separator;
	enum state state;
	bool after_cr;         /* a line feed now belongs to the row end before it */
	bool row_has_text;
	int row;               /* the one being read, from 1 */
	int64_t line, quote_line; /* of the file; rows with line breaks in quotes make them differ from rows */
	size_t start[SHEET_COLUMNS + 1]; /* of each cell in `text`; one more for the cell being read */
	int n;                 /* cells finished */
	struct text text;      /* of the whole row, a NUL behind each cell */
	struct sheet_cell cells[SHEET_COLUMNS];
};

static const char *number_text(int64_t n, char buf[24])
{
	(void)snprintf(buf, 24, "%" PRId64, n);
	return buf;
}

static enum err row_fault(struct csv *c, enum err e, enum msg msg)
{
	char row[24], column[24];
	return FAULT(c->f, e, "file", msg, number_text(c->row, row), number_text(c->n + 1, column));
}

static enum err end_cell(struct csv *c)
{
	if (c->n == SHEET_COLUMNS)
		return row_fault(c, E_TOOBIG, MSG_SHEET_COLUMNS);
	assert(c->n >= 0 && c->start[c->n] <= c->text.n);
	c->row_has_text |= c->text.n > c->start[c->n];
	text_addc(&c->text, '\0');
	c->start[++c->n] = c->text.n;
	c->state = AT_START;
	return OK;
}

static enum err call_back(struct csv *c)
{
	assert(c->n > 0 && c->n <= SHEET_COLUMNS && c->row >= 1);
	for (int i = 0; i < c->n; i++)
		c->cells[i] = (struct sheet_cell){ .text = c->text.p + c->start[i] };
	struct sheet_row row = { .number = c->row, .cells = c->cells, .n = c->n };
	return c->fn(c->ctx, &row, c->done, c->total, c->f);
}

static enum err end_row(struct csv *c)
{
	TRY(end_cell(c));
	if (c->row > SHEET_ROWS)
		return row_fault(c, E_TOOBIG, MSG_SHEET_ROWS);
	if (c->row_has_text)
		TRY(call_back(c));
	c->row++;
	c->n = 0;
	c->row_has_text = false;
	c->text.n = 0;
	return OK;
}

static enum err add(struct csv *c, const char *s, size_t n)
{
	if (c->n == SHEET_COLUMNS)
		return row_fault(c, E_TOOBIG, MSG_SHEET_COLUMNS);
	if (c->text.n - c->start[c->n] + n > SHEET_CELL_BYTES)
		return row_fault(c, E_TOOBIG, MSG_SHEET_CELL_LONG_CSV);
	text_addn(&c->text, s, n);
	return OK;
}

/* C0, DEL and, as the two bytes C2 80 to C2 9F, C1. Tab and line ends are text. */
static bool is_control(const char *p, const char *end)
{
	unsigned char u = (unsigned char)*p;
	if (u == 0xC2)
		return end - p > 1 && (unsigned char)p[1] < 0xA0;
	return u == 0x7F || (u < 0x20 && u != '\t' && u != '\n' && u != '\r');
}

/* How many bytes from p on are text and nothing else. */
static size_t span(const struct csv *c, const char *p, const char *end)
{
	const char *s = p;
	while (s < end && *s != '"' && *s != '\n' && *s != '\r' && *s != c->separator && !is_control(s, end))
		s++;
	return (size_t)(s - p);
}

static enum err line_end(struct csv *c, char byte)
{
	bool second_half = byte == '\n' && c->after_cr;
	c->after_cr = byte == '\r';
	if (!second_half)
		c->line++;
	if (c->state == IN_QUOTES)
		return second_half ? OK : add(c, "\n", 1);
	return second_half ? OK : end_row(c);
}

static enum err quote(struct csv *c)
{
	switch (c->state) {
	case AT_START:
		c->state = IN_QUOTES;
		c->quote_line = c->line;
		return OK;
	case IN_QUOTES:
		c->state = AFTER_QUOTES;
		return OK;
	case AFTER_QUOTES:
		c->state = IN_QUOTES;
		return add(c, "\"", 1);
	case IN_PLAIN:
		return add(c, "\"", 1);
	}
	return OK;
}

/* One byte that is not plain text. */
static enum err special(struct csv *c, const char *p, const char *end)
{
	if (*p == '\n' || *p == '\r')
		return line_end(c, *p);
	c->after_cr = false;
	if (is_control(p, end))
		return row_fault(c, E_INVALID, MSG_SHEET_CONTROL_CHARACTER);
	if (*p == '"')
		return quote(c);
	assert(*p == c->separator);
	return c->state == IN_QUOTES ? add(c, p, 1) : end_cell(c);
}

static bool all_blank(const char *p, size_t n)
{
	size_t i = 0;
	while (i < n && p[i] == ' ')
		i++;
	return i == n;
}

static enum err plain(struct csv *c, const char *p, size_t n)
{
	c->after_cr = false;
	if (c->state == AFTER_QUOTES) {
		if (all_blank(p, n))
			return OK; /* between the closing quote and the separator */
		return row_fault(c, E_INVALID, MSG_SHEET_TEXT_AFTER_QUOTE);
	}
	if (c->state == AT_START)
		c->state = IN_PLAIN;
	return add(c, p, n);
}

/* p to end must hold whole characters. */
static enum err feed(struct csv *c, const char *p, const char *end)
{
	while (p < end) {
		size_t n = span(c, p, end);
		if (n > 0)
			TRY(plain(c, p, n));
		p += n;
		if (p < end)
			TRY(special(c, p++, end));
	}
	assert(p == end);
	return OK;
}

static enum err finish(struct csv *c)
{
	if (c->state == IN_QUOTES) {
		char line[24];
		return FAULT(c->f, E_INVALID, "file", MSG_SHEET_QUOTE_OPEN, number_text(c->quote_line, line));
	}
	bool row_begun = c->n > 0 || c->state != AT_START;
	return row_begun ? end_row(c) : OK;
}

/* ---- encoding */

struct decoded {
	enum encoding encoding;
	size_t skip; /* bytes of the mark at the beginning */
};

/* UTF-16 of any European text has a NUL in most units, always on the same side. */
static bool nul_pattern(const char *p, size_t n, enum encoding *ret)
{
	size_t nul[2] = {0};
	n = (n < 4096 ? n : 4096) & ~(size_t)1;
	for (size_t i = 0; i < n; i++)
		nul[i & 1] += p[i] == '\0';
	bool little = nul[1] > nul[0];
	size_t most = little ? nul[1] : nul[0], least = little ? nul[0] : nul[1];
	if (most * 4 < n / 2 || most == 0 || least > most / 16)
		return false;
	*ret = little ? ENC_UTF16LE : ENC_UTF16BE;
	return true;
}

/* A NUL is no reason to think of another encoding: the reader names its row. */
static bool utf8_but_for_nuls(const char *p, size_t n)
{
	for (const char *end = p + n, *z; p < end; p = z + 1) {
		z = memchr(p, '\0', (size_t)(end - p));
		if (!z)
			z = end;
		if (!utf8_valid(p, (size_t)(z - p)))
			return false;
	}
	return true;
}

static struct decoded encoding_of(const char *p, size_t n)
{
	static const struct {
		const char *mark;
		size_t len;
		enum encoding encoding;
	} marks[] = { { "\xEF\xBB\xBF", 3, ENC_UTF8 }, { "\xFF\xFE", 2, ENC_UTF16LE }, { "\xFE\xFF", 2, ENC_UTF16BE } };
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (n >= marks[i].len && memcmp(p, marks[i].mark, marks[i].len) == 0)
			return (struct decoded){ marks[i].encoding, marks[i].len };
	enum encoding wide;
	if (nul_pattern(p, n, &wide))
		return (struct decoded){ .encoding = wide };
	return (struct decoded){ .encoding = utf8_but_for_nuls(p, n) ? ENC_UTF8 : ENC_WINDOWS1258 };
}

/* ---- separator */

struct counts {
	int lines[SHEET_COLUMNS]; /* how many lines have so many separators */
	int with_any;
};

/* Counts one separator in the lines of the sample, outside quotes; gives the number of lines that are not blank. */
static int count_separators(const char *p, const char *end, char separator, struct counts *ret)
{
	int lines = 0;
	while (p < end && lines < SAMPLE_LINES) {
		bool quoted = false, blank = true;
		int n = 0;
		for (; p < end && (quoted || (*p != '\n' && *p != '\r')); p++) {
			quoted ^= *p == '"';
			n += !quoted && *p == separator;
			blank &= *p == ' ' || *p == separator;
		}
		p++;
		lines += !blank;
		if (blank || n == 0)
			continue;
		ret->lines[n < SHEET_COLUMNS ? n : SHEET_COLUMNS - 1]++;
		ret->with_any++;
	}
	return lines;
}

/* Lines with the commonest number of this separator, times that number. */
static int regularity(const struct counts *c, int *ret_lines)
{
	int best = 0;
	for (int n = 1; n < SHEET_COLUMNS; n++) {
		if (c->lines[n] * n <= best)
			continue;
		best = c->lines[n] * n;
		*ret_lines = c->lines[n];
	}
	return best;
}

/* Tab and ';' hardly ever stand in the text of cells as regularly as ',' stands in decimals and addresses: when most lines have the same
 * number of them, they win. */
static char separator_of(const char *p, size_t n)
{
	static const char separators[] = "\t;,";
	const char *end = p + (n < SAMPLE_BYTES ? n : SAMPLE_BYTES);
	char best = ',';
	int best_score = 0;
	for (const char *s = separators; *s; s++) {
		struct counts c = {0};
		int same = 0, lines = count_separators(p, end, *s, &c), score = regularity(&c, &same);
		if (same > 0 && same * 10 >= lines * 6)
			return *s;
		if (score > best_score) {
			best_score = score;
			best = *s;
		}
	}
	return best;
}

/* "sep=;" in the first line is a word of Excel to its readers, not a row. Gives the bytes to leave out. */
static size_t sep_line(struct csv *c, const char *p, size_t n)
{
	if (n < 5 || memcmp(p, "sep=", 4) != 0 || !memchr(",;\t", p[4], 3))
		return 0;
	size_t len = 5;
	if (len < n && p[len] == '\r')
		len++;
	if (len < n && p[len] == '\n')
		len++;
	if (len == 5 && n > 5)
		return 0;
	c->separator = p[4];
	c->row++;
	c->line++;
	return len;
}

static void begin(struct csv *c, const char **p, const char *end)
{
	size_t n = (size_t)(end - *p), skip = sep_line(c, *p, n);
	*p += skip;
	if (skip == 0)
		c->separator = separator_of(*p, n);
}

/* ---- the whole */

/* Where a piece can be cut: behind the last unit below '0' (separators, blanks, quotes, line ends), which no mark combines with.
 * 0: nowhere. */
static size_t cut(const char *p, size_t n, enum encoding e)
{
	if (n <= PIECE_BYTES)
		return n;
	size_t width = e == ENC_UTF16LE || e == ENC_UTF16BE ? 2 : 1, low = e == ENC_UTF16BE ? 1 : 0;
	for (size_t i = PIECE_BYTES; i >= width; i -= width) {
		const char *unit = p + i - width;
		if ((unsigned char)unit[low] < '0' && (width == 1 || unit[1 - low] == 0))
			return i;
	}
	return 0;
}

static enum err feed_piece(struct csv *c, const char *bytes, size_t n, enum encoding e)
{
	scoped(arena_done) struct arena a = {0};
	size_t len;
	const char *p = utf8_from(&a, e, bytes, n, &len);
	if (!p)
		return row_fault(c, E_INVALID, MSG_SHEET_ENCODING);
	const char *end = p + len;
	if (!c->separator)
		begin(c, &p, end);
	return feed(c, p, end);
}

static enum err feed_foreign(struct csv *c, const char *bytes, size_t n, enum encoding e)
{
	for (size_t at = 0; at < n;) {
		size_t len = cut(bytes + at, n - at, e);
		if (len == 0)
			return row_fault(c, E_TOOBIG, MSG_SHEET_CELL_LONG_CSV);
		at += len;
		assert(at <= n);
		c->done = (int64_t)at;
		TRY(feed_piece(c, bytes + at - len, len, e));
	}
	return OK;
}

/* In steps too, for the sake of progress. */
static enum err feed_utf8(struct csv *c, const char *p, size_t n)
{
	const char *end = p + n;
	if (!utf8_but_for_nuls(p, n))
		return FAULT(c->f, E_INVALID, "file", MSG_NOT_UTF8); /* against its own mark */
	begin(c, &p, end);
	while (p < end) {
		size_t left = (size_t)(end - p), len = utf8_cut(p, left, PIECE_BYTES);
		c->done += (int64_t)len;
		TRY(feed(c, p, p + len));
		p += len;
	}
	return OK;
}

enum err sheet_read_csv(const void *bytes, size_t n, sheet_row_fn *fn, void *ctx, struct fault *f)
{
	if (n > SHEET_FILE_BYTES)
		return FAULT(f, E_TOOBIG, "file", MSG_SHEET_FILE_BIG);
	TRY(sheet_kind_expect(SHEET_KIND_TEXT, bytes, n, f));
	scoped(arena_done) struct arena a = {0};
	struct csv *c = arena_new(&a, struct csv);
	*c = (struct csv){ .fn = fn, .ctx = ctx, .f = f, .total = (int64_t)n, .row = 1, .line = 1, .text = TEXT(&a) };
	struct decoded d = encoding_of(bytes, n);
	const char *p = (const char *)bytes + d.skip;
	if (d.encoding == ENC_UTF8)
		TRY(feed_utf8(c, p, n - d.skip));
	else
		TRY(feed_foreign(c, p, n - d.skip, d.encoding));
	return finish(c);
}
