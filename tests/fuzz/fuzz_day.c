/* Days and periods as people write them: refused, or read the same again from their own notation. */
#include "fuzz.h"

#include "base/day.h"

#include <assert.h>

static void check_day(const char *s)
{
	char iso[DAY_TEXT], vi[DAY_TEXT];
	struct day d, again;
	struct fault f = { 0 };
	if (day_parse(s, "x", &d, &f) != OK) {
		assert(f.code == E_INVALID);
		return;
	}
	assert(d.n >= DAY_FIRST.n && d.n <= DAY_LAST.n);
	assert(day_parse(day_iso(d, iso), "x", &again, &f) == OK && day_equal(d, again));
	assert(day_parse(day_vi(d, vi), "x", &again, &f) == OK && day_equal(d, again));
}

static void check_period(const char *s, struct arena *a)
{
	struct period p, again;
	struct fault f = { 0 };
	if (period_parse(s, "x", &p, &f) != OK) {
		assert(f.code == E_INVALID);
		return;
	}
	assert(p.from.n <= p.to.n);
	assert(period_parse(period_text(p, a), "x", &again, &f) == OK);
	assert(day_equal(p.from, again.from) && day_equal(p.to, again.to));
	assert(*period_label(p, LANG_VI, a) && *period_label(p, LANG_EN, a));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	if (n > 256)
		return 0;
	const char *s = arena_strndup(&a, (const char *)bytes, n);
	check_day(s);
	check_period(s, &a);
	return 0;
}
