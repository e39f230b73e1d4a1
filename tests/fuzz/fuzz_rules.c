/* Rule packs and calendars from outside: refused with a line, or fit for use. */
#include "fuzz.h"

#include "domain/standing.h"

#include <assert.h>
#include <string.h>

static void check_pack(const struct pack *p)
{
	for (size_t i = 0; i < p->steps_n; i++)
		assert(p->steps[i].before >> i == 0);
	for (size_t i = 0; i < p->clocks_n; i++)
		assert(p->clocks[i].from_clock < (int)i && p->clocks[i].to_step >= 0 && p->clocks[i].length.length > 0);
	for (size_t i = 0; i < p->checks_n; i++)
		assert(p->checks[i].at_step >= 0 && strlen(p->checks[i].message.vi) <= CHECK_MESSAGE);
}

/* Every step of the pack once, a day apart, in its own order. */
static struct facts facts_of(const struct pack *p, struct arena *a)
{
	struct facts all = { 0 };
	for (size_t i = 0; i < p->steps_n; i++)
		*arena_push(a, all.v, all.n, all.cap) =
			(struct fact){ .seq = (int32_t)i + 1, .kind = p->steps[i].key, .on = { 20000 + (int32_t)i } };
	return all;
}

static void use_pack(struct pack *p, const struct calendar *calendar, struct arena *a)
{
	struct rules rules = { 0 };
	struct standing s;
	rules_add(a, &rules, p);
	const struct world world = { &rules, calendar, NULL };
	struct facts all = facts_of(p, a);
	for (size_t n = 0; n <= all.n; n++) {
		struct facts some = { all.v, n, n };
		struct warnings warnings = { 0 };
		standing(&world, &some, (struct day){ 20000 + (int32_t)n }, a, &s);
		assert(s.steps_n == p->steps_n);
		if (n < all.n && standing_can_record(&world, &some, &all.v[n], (struct day){ 20100 }, a, &warnings, NULL) == OK)
			assert(warnings.n <= p->checks_n);
	}
}

static bool in_order(const struct calendar_day *a, const struct calendar_day *b)
{
	return a->on.n < b->on.n || (a->on.n == b->on.n && a->counts_from.n < b->counts_from.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	scoped(arena_done) struct arena a = { 0 };
	struct fault f = { 0 };
	struct calendar calendar = { 0 };
	struct pack *p = NULL;
	if (n > 1 << 14)
		return 0;
	if (calendar_parse("c.yaml", (const char *)bytes, n, &a, &calendar, &f) != OK)
		assert(f.field[0] && calendar.n == 0);
	for (size_t i = 1; i < calendar.n; i++)
		assert(in_order(&calendar.v[i - 1], &calendar.v[i]));
	if (rules_parse("r.yaml", (const char *)bytes, n, NULL, &a, &p, &f) != OK) {
		assert(f.field[0] && !p);
		return 0;
	}
	check_pack(p);
	use_pack(p, &calendar, &a);
	return 0;
}
