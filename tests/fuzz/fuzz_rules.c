/* Rule packs and calendars from outside: refused with file and line, or fit for use. A pack may extend a shipped one. */
#include "fuzz.h"
#include "life.h"

#include "domain/rules_shipped.h"

static struct rules shipped;
static struct calendar shipped_days;

static void load_shipped(void)
{
	static struct arena a;
	struct fault f;
	if (!shipped.n && rules_shipped_load(&a, &shipped, &shipped_days, &f) != OK)
		abort();
}

static void check_patterns(const struct pack *p, struct patterns list)
{
	for (size_t i = 0; i < list.n; i++)
		assert(list.v[i].step < (int)p->steps_n && (list.v[i].step >= 0 || fact_kind_find(list.v[i].kind)));
}

static void check_clock(const struct pack *p, size_t i)
{
	const struct clock *k = &p->clocks[i];
	assert(k->from_clock < (int)i && k->length.length > 0 && k->extension >= 0 && k->to_step < (int)p->steps_n);
	check_patterns(p, k->when);
	check_patterns(p, k->unless);
}

static void check_pack(const struct pack *p)
{
	for (size_t i = 0; i < p->steps_n; i++)
		assert(p->steps[i].before >> i == 0);
	for (size_t i = 0; i < p->clocks_n; i++)
		check_clock(p, i);
	for (size_t i = 0; i < p->checks_n; i++) {
		assert(p->checks[i].at_step >= -1 && strlen(p->checks[i].message.vi) <= CHECK_MESSAGE);
		check_patterns(p, p->checks[i].when);
		check_patterns(p, p->checks[i].unless);
	}
	for (size_t i = 0; i < p->bodies_n; i++)
		assert(p->bodies[i].kinds_n == 0 || code_by_key(CODES_UNIT_KIND, p->bodies[i].kinds[0]));
	for (size_t i = 0; i < p->papers_n; i++)
		assert(p->papers[i].at_step >= 0 && code_by_key(CODES_PAPER, p->papers[i].key));
}

/* Alone, and among the others where its time allows. */
static void use_pack(struct pack *p, const struct calendar *calendar, struct arena *a)
{
	struct fault f = { 0 };
	struct rules alone = { 0 }, all = { 0 };
	rules_add(a, &alone, p);
	life_live(&alone, calendar, p, a);
	for (size_t i = 0; i < shipped.n; i++)
		rules_add(a, &all, shipped.packs[i]);
	rules_add(a, &all, p);
	if (rules_check(&all, &f) != OK)
		assert(strchr(f.field, ':'));
	else
		life_live(&all, calendar, p, a);
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
	if (n > 1 << 16)
		return 0;
	load_shipped();
	if (calendar_parse("c.yaml", (const char *)bytes, n, &a, &calendar, &f) != OK) {
		life_check_place(&f, "c.yaml");
		assert(calendar.n == 0);
	}
	for (size_t i = 1; i < calendar.n; i++)
		assert(in_order(&calendar.v[i - 1], &calendar.v[i]));
	if (rules_parse("r.yaml", (const char *)bytes, n, &shipped, &a, &p, &f) != OK) {
		life_check_place(&f, "r.yaml");
		assert(!p);
		return 0;
	}
	check_pack(p);
	use_pack(p, calendar.n ? &calendar : &shipped_days, &a);
	return 0;
}
