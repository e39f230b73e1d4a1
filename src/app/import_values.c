#include "app/import_values.h"
#include "base/text.h"
#include "base/utf8.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define COUNT(v) (sizeof(v) / sizeof *(v))

enum { SHORT = 32 }; /* bytes of the longest word for "not known", and of a day */

bool import_value_blank(const char *text)
{
	for (; text && *text; text++) {
		if (!strncmp(text, "\u00a0", 2))
			text++;
		else if (!isspace((unsigned char)*text))
			return false;
	}
	return true;
}

static bool in_list(const char *s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(s, list[i]) == 0)
			return true;
	return false;
}

/* "không" answers the question of the field; it does not say that nobody knows. */
static bool takes_no_for_an_answer(const struct field *field)
{
	return field->type == FIELD_CODE || field->type == FIELD_BOOL || (field->type == FIELD_TEXT && field->required);
}

/* Folding costs much more than a look at the first two letters, and this is asked for every cell. */
static bool may_be_unknown(const char *s)
{
	static const char *const beginnings[] = {
		"kh", "ko", "k ", "ch", "no", "n/", "un", "-", "\u2013", "\u2014", "\u2026", "?", ".", "/",
	};
	if (!strchr("kKcCnNuU-\xE2?./", *s))
		return false;
	for (size_t i = 0; i < COUNT(beginnings); i++)
		if (strncasecmp(s, beginnings[i], strlen(beginnings[i])) == 0)
			return strlen(s) < SHORT;
	return strcasecmp(s, "k") == 0;
}

bool import_value_unknown(const struct field *field, const char *text)
{
	static const char *const unknown[] = {
		"-", "--", "---", "\u2013", "\u2014", "?", "??", "???", "...", "\u2026", "/", "n/a", "unknown", "not known", "none recorded",
		"khong ro", "k ro", "ko ro", "khong biet", "khong xac dinh", "khong nho", "khong co thong tin", "chua co", "chua ro", "chua biet",
		"chua xac dinh", "chua co thong tin", "chua cap nhat",
	};
	static const char *const none[] = { "khong", "khong co", "ko", "k", "no", "none" };
	if (!may_be_unknown(text + strspn(text, " ")))
		return false;
	scoped(arena_done) struct arena a = {0};
	const char *s = vi_fold(&a, utf8_clean(&a, text));
	return in_list(s, unknown, COUNT(unknown)) || (!takes_no_for_an_answer(field) && in_list(s, none, COUNT(none)));
}

/* ---- days ---- */

static const char *without_spaces(const char *text, struct arena *a)
{
	struct text t = TEXT(a);
	for (; *text; text++)
		if (*text != ' ')
			text_addc(&t, *text);
	return text_str(&t);
}

/* Where the time of day begins behind a day, NULL when there is none. */
static const char *time_behind(const char *text)
{
	const char *p = strpbrk(text, " T");
	while (p && *p == ' ')
		p++;
	if (p && *p == 'T')
		p++;
	return p && strchr(p, ':') && strspn(p, "0123456789:.Z") == strlen(p) ? p : NULL;
}

/* The numbers of a text, at most `max`; returns how many there are (max + 1: more). */
static int numbers_in(const char *s, int max, int32_t *ret)
{
	int n = 0;
	for (s += strcspn(s, "0123456789"); *s; s += strcspn(s, "0123456789")) {
		size_t digits = strspn(s, "0123456789");
		if (n == max || digits > 8)
			return max + 1;
		ret[n++] = (int32_t)strtol(s, NULL, 10);
		s += digits;
	}
	return n;
}

static enum err from_serial(const struct field *field, const char *text, struct arena *a, const char **ret, struct fault *f)
{
	struct day d;
	char iso[DAY_TEXT];
	TRY(day_from_serial(strtod(text, NULL), field->name, &d, f));
	*ret = arena_strdup(a, day_iso(d, iso));
	return OK;
}

static bool is_year(int32_t n)
{
	return n >= 1900 && n <= 2199;
}

/* "1985", "5/1985", "1985-05". */
static enum err refuse_part_of_day(const struct field *field, const char *text, const int32_t *number, int n, struct fault *f)
{
	bool year = n == 1 && is_year(number[0]);
	bool month = n == 2 && (is_year(number[0]) || is_year(number[1])) && strspn(text, "0123456789/-. ") == strlen(text);
	if (!year && !month)
		return OK;
	return FAULT(f, E_INVALID, field->name, field->required ? MSG_IMPORT_DAY_PART_REQUIRED : MSG_IMPORT_DAY_PART, text);
}

static bool has_words_of_day(const char *text, struct arena *a)
{
	const char *s = vi_fold(a, text);
	return strstr(s, "thang") && strstr(s, "nam");
}

enum err import_value_day(const struct field *field, const char *text, struct arena *a, const char **ret, struct fault *f)
{
	int32_t number[3];
	text += strspn(text, " ");
	size_t digits = strspn(text, "0123456789");
	bool decimal = text[digits] == '.' && strspn(text + digits + 1, "0123456789") == strlen(text + digits + 1) && digits == 5;
	if ((digits == 5 || digits == 6) && (decimal || !text[digits]))
		return from_serial(field, text, a, ret, f);
	const char *time = time_behind(text);
	const char *day = time ? arena_strndup(a, text, (size_t)(strpbrk(text, " T") - text)) : text;
	int n = numbers_in(day, 3, number);
	TRY(refuse_part_of_day(field, day, number, n, f));
	if (n == 3 && !isdigit((unsigned char)*day) && has_words_of_day(day, a))
		*ret = arena_printf(a, "%d/%d/%d", number[0], number[1], number[2]);
	else
		*ret = strchr(day, ' ') ? without_spaces(day, a) : day;
	return OK;
}

/* ---- targets ---- */

enum target_word { WORD_AT_LEAST, WORD_TO, WORD_NOISE };

/* Longer phrases first, so that "tro len" is not read as two unknown words. */
static const struct {
	const char *text;
	enum target_word word;
} target_words[] = {
	{ "toi thieu", WORD_AT_LEAST }, { "it nhat", WORD_AT_LEAST }, { "tro len", WORD_AT_LEAST }, { "at least", WORD_AT_LEAST },
	{ "or more", WORD_AT_LEAST }, { "tren", WORD_AT_LEAST }, { "\u2265", WORD_AT_LEAST }, { ">=", WORD_AT_LEAST }, { ">", WORD_AT_LEAST },
	{ "+", WORD_AT_LEAST }, { "den", WORD_TO }, { "to", WORD_TO }, { "-", WORD_TO }, { "\u2013", WORD_TO }, { "\u2014", WORD_TO },
	{ "~", WORD_TO }, { "dang vien", WORD_NOISE }, { "quan chung", WORD_NOISE }, { "hoc vien", WORD_NOISE }, { "dong chi", WORD_NOISE },
	{ "nguoi", WORD_NOISE }, { "d/c", WORD_NOISE }, { "dv", WORD_NOISE }, { "members", WORD_NOISE }, { "people", WORD_NOISE },
	{ "tu", WORD_NOISE }, { "from", WORD_NOISE }, { "dat", WORD_NOISE }, { "%", WORD_NOISE }, { " ", WORD_NOISE },
};

static int target_word_at(const char *s)
{
	for (size_t i = 0; i < COUNT(target_words); i++) {
		size_t n = strlen(target_words[i].text);
		bool whole = !isalpha((unsigned char)target_words[i].text[0]) || !isalpha((unsigned char)s[n]);
		if (strncmp(s, target_words[i].text, n) == 0 && whole)
			return (int)i;
	}
	return -1;
}

static size_t number_length(const char *s)
{
	size_t n = strspn(s, "0123456789");
	while (n && (s[n] == '.' || s[n] == ',') && isdigit((unsigned char)s[n + 1]))
		n += 1 + strspn(s + n + 1, "0123456789");
	return n;
}

static bool read_target(const char *s, struct arena *a, struct import_target_text *t)
{
	bool to = false;
	while (*s) {
		size_t n = number_length(s);
		int w = n ? -1 : target_word_at(s);
		if (n && !t->low)
			t->low = arena_strndup(a, s, n);
		else if (n && to && !t->high)
			t->high = arena_strndup(a, s, n);
		else if (w < 0)
			return false;
		else
			n = strlen(target_words[w].text);
		t->at_least |= w >= 0 && target_words[w].word == WORD_AT_LEAST;
		to |= w >= 0 && target_words[w].word == WORD_TO && t->low;
		t->percent |= *s == '%';
		s += n;
	}
	return t->low && to == (t->high != NULL) && !(t->high && t->at_least);
}

enum err import_value_target(const char *field, const char *text, struct arena *a, struct import_target_text *ret, struct fault *f)
{
	struct import_target_text t = {0};
	if (!read_target(vi_fold(a, utf8_clean(a, text)), a, &t))
		return FAULT(f, E_INVALID, field, MSG_IMPORT_TARGET, text);
	*ret = t;
	return OK;
}

/* ---- periods ---- */

static int roman_or_digit(const char *s)
{
	static const char *const roman[] = { "iv", "iii", "ii", "i" };
	s += strspn(s, " ");
	if (*s >= '1' && *s <= '4')
		return *s - '0';
	for (int i = 0; i < 4; i++)
		if (strncmp(s, roman[i], strlen(roman[i])) == 0)
			return 4 - i;
	return 0;
}

static const char *period_of_words(const char *s, struct arena *a)
{
	int32_t number[2];
	int n = numbers_in(s, 2, number);
	if (n < 1 || n > 2 || !is_year(number[n - 1]))
		return NULL;
	int32_t year = number[n - 1];
	const char *quarter = strstr(s, "quy");
	if (strstr(s, "nam hoc"))
		return arena_printf(a, "%d-SY", number[0]);
	if (strstr(s, "6 thang") && (strstr(s, "dau") || strstr(s, "cuoi")))
		return arena_printf(a, "%d-H%d", year, strstr(s, "dau") ? 1 : 2);
	if (quarter && roman_or_digit(quarter + 3))
		return arena_printf(a, "%d-Q%d", year, roman_or_digit(quarter + 3));
	if (n == 2 && is_year(number[0]))
		return arena_printf(a, "%d-%d", number[0], year);
	if (n == 2 && strstr(s, "thang") && number[0] >= 1 && number[0] <= 12)
		return arena_printf(a, "%d-%02d", year, number[0]);
	return n == 1 && strncmp(s, "nam ", 4) == 0 ? arena_printf(a, "%d", year) : NULL;
}

const char *import_value_period(const char *text, struct arena *a)
{
	bool words = false;
	for (const char *s = text; *s; s++)
		words |= *s == ' ' || (*s & 0x80);
	const char *period = words ? period_of_words(vi_fold(a, utf8_clean(a, text)), a) : NULL;
	return period ? period : text;
}

/* ---- numbers of people ---- */

enum { ID_DIGITS = 12 };

const char *import_value_id_number(const char *text, struct arena *a, bool *ret_restored)
{
	char digits[ID_DIGITS + 1];
	size_t n = 0;
	*ret_restored = false;
	for (const char *s = text; *s; s++) {
		if (strchr(" .'-", *s))
			continue;
		if (!isdigit((unsigned char)*s) || n == ID_DIGITS)
			return text;
		digits[n++] = *s;
	}
	digits[n] = '\0';
	if ((n == ID_DIGITS - 1 || n == ID_DIGITS - 2) && digits[0] != '0') {
		*ret_restored = true;
		return arena_printf(a, "%0*d%s", (int)(ID_DIGITS - n), 0, digits);
	}
	return n == strlen(text) ? text : arena_strdup(a, digits);
}

/* ---- rows that are no data ---- */

/* The number in "3", "(3)", "[3]" or "(5=3+4)"; 0 for a single letter; -1 for anything else. */
static int column_number(const char *s)
{
	s += strspn(s, " ([");
	size_t digits = strspn(s, "0123456789");
	if (digits == 0)
		return isalpha((unsigned char)*s) && strspn(s + 1, " )]") == strlen(s + 1) ? 0 : -1;
	return digits <= 3 && strspn(s + digits, " )]=+-0123456789") == strlen(s + digits) ? (int)strtol(s, NULL, 10) : -1;
}

bool import_value_numbering(const struct sheet_row *row)
{
	int last = 0, numbers = 0;
	for (int c = 0; c < row->n; c++) {
		if (import_value_blank(row->cells[c].text))
			continue;
		int n = column_number(row->cells[c].text);
		if (n < 0 || (n > 0 && n != last + 1 && numbers))
			return false;
		numbers += n > 0;
		last = n > 0 ? n : last;
	}
	return numbers >= 2;
}

bool import_value_total(const struct sheet_row *row)
{
	static const char *const totals[] = { "cong", "tong", "tong cong", "tong so", "cong chung", "tong chung", "total", "grand total" };
	int c = 0;
	while (c < row->n && import_value_blank(row->cells[c].text))
		c++;
	if (c == row->n || !strchr("cCtTgG", row->cells[c].text[strspn(row->cells[c].text, " ")]))
		return false;
	scoped(arena_done) struct arena a = {0};
	const char *s = vi_fold(&a, row->cells[c].text);
	size_t n = strcspn(s, ":0123456789(");
	while (n && s[n - 1] == ' ')
		n--;
	return in_list(arena_strndup(&a, s, n), totals, COUNT(totals));
}
