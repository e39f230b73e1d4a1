#include "domain/figure.h"

#include <assert.h>
#include <string.h>

/* num/den rounded to a whole number, half away from zero or cut towards it. den > 0. */
static __int128 divide(__int128 num, __int128 den, enum rounding mode)
{
	__int128 magnitude = num < 0 ? -num : num;
	__int128 q = magnitude / den;
	if (mode == ROUND_HALF_UP && magnitude % den >= den - magnitude % den)
		q++;
	return num < 0 ? -q : q;
}

/* v / 10^decimals without trailing zeros; digits are laid from the end of a scratch buffer. */
static const char *print(__int128 v, int decimals, char buf[FIGURE_TEXT])
{
	char digits[FIGURE_TEXT + 8];
	char *end = digits + sizeof digits, *p = end;
	unsigned __int128 rest = (unsigned __int128)(v < 0 ? -v : v);
	for (; decimals > 0 && rest % 10 == 0; decimals--)
		rest /= 10;
	for (int i = 0; rest > 0 || i <= decimals; i++) {
		if (i == decimals && i > 0)
			*--p = '.';
		*--p = (char)('0' + (int)(rest % 10));
		rest /= 10;
	}
	if (v < 0)
		*--p = '-';
	size_t n = (size_t)(end - p);
	assert(n < FIGURE_TEXT);
	memcpy(buf, p, n);
	buf[n] = '\0';
	return buf;
}

static const char *percent(__int128 num, __int128 den, struct rounding_choice r, char buf[FIGURE_TEXT])
{
	static const int scale[] = { 1, 10, 100, 1000, 10000 };
	assert(r.decimals >= 0 && r.decimals <= 4);
	return print(divide(num * 100 * scale[r.decimals], den, r.mode), r.decimals, buf);
}

const char *figure_percent(int64_t num, int64_t den, struct rounding_choice r, char buf[FIGURE_TEXT])
{
	assert(den > 0);
	return percent(num, den, r, buf);
}

const char *figure_points(int64_t num, int64_t den, int64_t pace_num, int64_t pace_den, struct rounding_choice r, char buf[FIGURE_TEXT])
{
	assert(den > 0 && pace_den > 0 && pace_den <= INT64_C(1) << 40 && pace_num >= 0 && pace_num <= pace_den);
	return percent((__int128)num * pace_den - (__int128)pace_num * den, (__int128)den * pace_den, r, buf);
}
