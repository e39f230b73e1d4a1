#include "office/sheet_number.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

enum { DIGITS_MAX = 40, EXPONENT_MAX = 40, SHOWN = 15 };

struct decimal {
	bool negative;
	char digits[DIGITS_MAX + 2]; /* digits[0] is a 0 that rounding may carry into */
	int n;                       /* digits in use, that 0 included */
	int point;                   /* how many of them stand before the decimal point; may be < 0 or > n */
};

static bool parse_exponent(const char *s, int *ret)
{
	bool negative = *s == '-';
	int n = 0;
	if (*s == '-' || *s == '+')
		s++;
	if (!*s)
		return false;
	for (; *s; s++) {
		if (*s < '0' || *s > '9' || n > EXPONENT_MAX)
			return false;
		n = n * 10 + (*s - '0');
	}
	*ret = negative ? -n : n;
	return n <= EXPONENT_MAX;
}

static bool parse(const char *s, struct decimal *ret)
{
	struct decimal d = { .negative = *s == '-', .digits = "0", .n = 1, .point = -1 };
	for (s += d.negative; (*s >= '0' && *s <= '9') || (*s == '.' && d.point < 0); s++) {
		if (*s == '.')
			d.point = d.n;
		else if (d.n > DIGITS_MAX)
			return false;
		else
			d.digits[d.n++] = *s;
	}
	assert(d.n <= DIGITS_MAX + 1);
	if (d.point < 0)
		d.point = d.n;
	int exponent = 0;
	if (d.n == 1 || (*s && ((*s != 'E' && *s != 'e') || !parse_exponent(s + 1, &exponent))))
		return false;
	d.point += exponent;
	*ret = d;
	return true;
}

static void drop_zeros_behind_point(struct decimal *d)
{
	while (d->n > 1 && d->n > d->point && d->digits[d->n - 1] == '0')
		d->n--;
}

/* To 15 significant digits, half up; a whole number stays as it is. */
static void round_to_shown(struct decimal *d)
{
	int first = 0;
	while (first < d->n && d->digits[first] == '0')
		first++;
	int keep = first + SHOWN;
	if (keep < d->point)
		keep = d->point;
	if (keep < d->n && keep > 0) {
		bool up = d->digits[keep] >= '5';
		d->n = keep;
		for (int i = keep - 1; up && i >= 0; i--) {
			up = d->digits[i] == '9';
			d->digits[i] = up ? '0' : (char)(d->digits[i] + 1);
		}
	}
	drop_zeros_behind_point(d);
}

static char digit_at(const struct decimal *d, int i)
{
	return i >= 0 && i < d->n ? d->digits[i] : '0';
}

static const char *decimal_text(const struct decimal *d, struct arena *a)
{
	struct text t = TEXT(a);
	bool is_zero = strspn(d->digits, "0") >= (size_t)d->n;
	if (d->negative && !is_zero)
		text_addc(&t, '-');
	int i = 0;
	while (i < d->point - 1 && digit_at(d, i) == '0')
		i++;
	if (d->point <= 0)
		text_addc(&t, '0');
	for (; i < d->point; i++)
		text_addc(&t, digit_at(d, i));
	if (d->n > d->point && !is_zero) {
		text_addc(&t, '.');
		for (i = d->point; i < d->n; i++)
			text_addc(&t, digit_at(d, i));
	}
	return text_str(&t);
}

static bool is_plain_whole(const char *s)
{
	size_t n = strspn(s, "0123456789");
	return n > 0 && s[n] == '\0' && (s[0] != '0' || n == 1);
}

const char *sheet_number_text(const char *s, struct arena *a)
{
	struct decimal d;
	if (is_plain_whole(s) || !parse(s, &d))
		return s;
	round_to_shown(&d);
	assert(d.n >= 1);
	return decimal_text(&d, a);
}

bool sheet_number_whole(const char *s, int32_t *ret)
{
	size_t n = strspn(s, "0123456789");
	if (n == 0 || n > 9 || (s[n] != '\0' && s[n] != '.'))
		return false;
	int32_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v * 10 + (s[i] - '0');
	*ret = v;
	return true;
}
