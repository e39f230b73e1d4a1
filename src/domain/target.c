#include "domain/target.h"

#include <assert.h>
#include <string.h>

static const struct indicator all[] = {
#define INDICATOR(key, vi, en, measure, attribute, values) { key, { vi, en }, measure, attribute, values },
#include "domain/indicators.def"
#undef INDICATOR
};

const struct indicator *indicators(size_t *ret_n)
{
	*ret_n = sizeof all / sizeof *all;
	return all;
}

const struct indicator *indicator_find(const char *key)
{
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].key, key) == 0)
			return &all[i];
	return NULL;
}

bool indicator_is_rate(const struct indicator *i)
{
	return i->measure == MEASURE_SHARE || i->measure == MEASURE_MEMBER_RATE || i->measure == MEASURE_PLANS ||
		i->measure == MEASURE_NOTIFIED;
}

/* Length of [from, end) in months: num/den, where the month begun last counts by its days. */
static void months_of(struct day from, struct day end, int64_t *ret_num, int64_t *ret_den)
{
	int32_t whole = day_months_between(from, end);
	struct day begun = day_add_months(from, whole);
	int64_t length = day_add_months(from, whole + 1).n - begun.n;
	if (length <= 0) /* the last month that the calendar has */
		length = 31;
	*ret_num = whole * length + (end.n - begun.n);
	*ret_den = length;
}

static int64_t gcd(int64_t a, int64_t b)
{
	while (b) {
		int64_t r = a % b;
		a = b;
		b = r;
	}
	return a;
}

void period_pace(struct period p, struct day day, int64_t *ret_num, int64_t *ret_den)
{
	assert(day_known(p.from) && day_known(p.to) && p.from.n <= p.to.n && day_known(day));
	*ret_num = day.n >= p.to.n;
	*ret_den = 1;
	if (day.n < p.from.n || day.n >= p.to.n)
		return;
	int64_t gone, gone_den, total, total_den;
	months_of(p.from, day_add(day, 1), &gone, &gone_den);
	months_of(p.from, day_add(p.to, 1), &total, &total_den);
	int64_t num = gone * total_den, den = total * gone_den, g = gcd(num, den);
	assert(g > 0);
	*ret_num = num / g;
	*ret_den = den / g;
}
