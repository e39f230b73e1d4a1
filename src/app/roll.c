#include "app/roll.h"

#include "app/late.h"

#include <assert.h>
#include <stdalign.h>
#include <stddef.h>
#include <string.h>

/* Ids are given in the order of entry, so an array by id stays dense. Beyond this something is broken. */
#define ID_LIMIT (INT64_C(1) << 30)

enum { COMPACT_FROM = 1 << 16 }; /* bytes */

/* An array of pointers that owns its place. */
struct pointers {
	struct arena arena;
	struct roll_person **v;
	size_t n, cap;
};

struct marks {
	struct arena arena;
	struct roll_mark *v;
	size_t cap;
};

struct roll {
	struct arena arena;   /* the roll itself */
	struct arena persons; /* persons, their texts and clocks */
	size_t garbage;       /* bytes in there that nobody points at any more */
	struct pointers by_id, by_name; /* by_id: NULL where there is nobody */
	struct marks marks;             /* of the positions of by_name */
};

struct roll *roll_new(void)
{
	struct arena arena = { 0 };
	struct roll *r = arena_new(&arena, struct roll);
	r->arena = arena;
	return r;
}

void roll_free(struct roll **r)
{
	struct roll *it = *r;
	*r = NULL;
	if (!it)
		return;
	arena_done(&it->persons);
	arena_done(&it->by_id.arena);
	arena_done(&it->by_name.arena);
	arena_done(&it->marks.arena);
	struct arena own = it->arena; /* it lies in there itself */
	arena_done(&own);
}

size_t roll_bytes(const struct roll *r)
{
	return r->persons.used + r->by_id.arena.used + r->by_name.arena.used + r->marks.arena.used;
}

const struct roll_person *const *roll_people(const struct roll *r, const struct roll_mark **ret_marks, size_t *ret_n)
{
	*ret_marks = r->marks.v;
	*ret_n = r->by_name.n;
	return (const struct roll_person *const *)r->by_name.v;
}

static void make_room(struct pointers *p, size_t n)
{
	struct pointers now = { .n = p->n, .cap = p->cap ? p->cap : 64 };
	if (n <= p->cap)
		return;
	while (now.cap < n)
		now.cap *= 2;
	now.v = arena_array(&now.arena, struct roll_person *, now.cap);
	if (p->n)
		memcpy(now.v, p->v, p->n * sizeof *p->v);
	arena_done(&p->arena);
	*p = now;
}

/* As many marks as there is room for names. */
static void make_room_for_marks(struct roll *r)
{
	struct marks now = { .cap = r->by_name.cap };
	if (now.cap == r->marks.cap)
		return;
	now.v = arena_array(&now.arena, struct roll_mark, now.cap);
	if (r->by_name.n)
		memcpy(now.v, r->marks.v, r->by_name.n * sizeof *now.v);
	arena_done(&r->marks.arena);
	r->marks = now;
}

static struct roll_person *find(const struct roll *r, struct person_id id)
{
	assert(id.v > 0 && id.v < ID_LIMIT);
	return (size_t)id.v < r->by_id.n ? r->by_id.v[id.v] : NULL;
}

const struct roll_person *roll_person(const struct roll *r, struct person_id id)
{
	return id.v > 0 && id.v < ID_LIMIT ? find(r, id) : NULL;
}

/* ---- the order of names ---- */

/* First position that does not come before this key and id. */
static size_t place_of(const struct roll *r, const char *key, struct person_id id)
{
	size_t lo = 0, hi = r->by_name.n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		const struct roll_person *p = r->by_name.v[mid];
		int order = strcmp(p->name_key, key);
		if (order < 0 || (order == 0 && p->id.v < id.v))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static struct roll_mark mark_of(const struct roll_person *p)
{
	assert(p->unit.v >= 0 && p->unit.v <= INT32_MAX);
	return (struct roll_mark){ .unit = (int32_t)p->unit.v, .due = p->due, .phase = (unsigned char)p->phase, .open = p->open,
		.late = p->late, .clocks = p->clocks_n > 0, .helped = p->helpers_n > 0 };
}

static void put_in_order(struct roll *r, struct roll_person *p)
{
	struct pointers *list = &r->by_name;
	size_t at = place_of(r, p->name_key, p->id), behind = list->n - at;
	make_room(list, list->n + 1);
	make_room_for_marks(r);
	memmove(&list->v[at + 1], &list->v[at], behind * sizeof *list->v);
	memmove(&r->marks.v[at + 1], &r->marks.v[at], behind * sizeof *r->marks.v);
	list->v[at] = p;
	r->marks.v[at] = mark_of(p);
	list->n++;
}

static void take_out(struct roll *r, const struct roll_person *p)
{
	struct pointers *list = &r->by_name;
	size_t at = place_of(r, p->name_key, p->id);
	assert(at < list->n && list->v[at] == p);
	list->n--;
	memmove(&list->v[at], &list->v[at + 1], (list->n - at) * sizeof *list->v);
	memmove(&r->marks.v[at], &r->marks.v[at + 1], (list->n - at) * sizeof *r->marks.v);
}

/* ---- memory ---- */

/* Bytes that the arena takes for n. */
static size_t cost(size_t n)
{
	size_t to = alignof(max_align_t);
	return (n + to - 1) / to * to;
}

static const char *keep_text(struct roll *r, const char *old, const char *now)
{
	if (old && strcmp(old, now) == 0)
		return old;
	r->garbage += old ? cost(strlen(old) + 1) : 0;
	return arena_strdup(&r->persons, now);
}

static struct roll_clock *copy_clocks(struct arena *a, const struct roll_clock *v, size_t n)
{
	if (!n)
		return NULL;
	struct roll_clock *copy = arena_array(a, struct roll_clock, n);
	memcpy(copy, v, n * sizeof *v);
	return copy;
}

static struct roll_helper *copy_helpers(struct arena *a, const struct roll_helper *v, size_t n)
{
	if (!n)
		return NULL;
	struct roll_helper *copy = arena_array(a, struct roll_helper, n);
	for (size_t i = 0; i < n; i++) {
		copy[i] = v[i];
		copy[i].name = arena_strdup(a, v[i].name);
	}
	return copy;
}

/* Moves everybody to a fresh place when half of the old one is of nobody. */
static void compact(struct roll *r)
{
	struct arena fresh = { 0 };
	if (r->persons.used < COMPACT_FROM || r->garbage * 2 < r->persons.used)
		return;
	for (size_t i = 0; i < r->by_name.n; i++) {
		struct roll_person *p = arena_new(&fresh, struct roll_person);
		*p = *r->by_name.v[i];
		p->name = arena_strdup(&fresh, p->name);
		p->name_fold = arena_strdup(&fresh, p->name_fold);
		p->name_key = arena_strdup(&fresh, p->name_key);
		p->clocks = copy_clocks(&fresh, p->clocks, p->clocks_n);
		p->helpers = copy_helpers(&fresh, p->helpers, p->helpers_n);
		r->by_name.v[i] = p;
		r->by_id.v[p->id.v] = p;
	}
	arena_done(&r->persons);
	r->persons = fresh;
	r->garbage = 0;
}

/* ---- a person ---- */

static struct roll_person *add_person(struct roll *r, struct person_id id)
{
	size_t at = (size_t)id.v;
	make_room(&r->by_id, at + 1);
	r->by_id.n = r->by_id.n > at ? r->by_id.n : at + 1;
	struct roll_person *p = arena_new(&r->persons, struct roll_person);
	*p = (struct roll_person){ .id = id, .state = "", .state_label = { "", "" }, .since = DAY_NONE, .due = DAY_NONE,
		.waits = { DAY_NONE, DAY_NONE } };
	r->by_id.v[at] = p;
	return p;
}

/* The code table's own text, which outlives every card. */
static const char *sex_of(const char *key)
{
	size_t n;
	const struct code *v = codes(CODES_SEX, &n);
	for (size_t i = 0; key && i < n; i++)
		if (strcmp(v[i].key, key) == 0)
			return v[i].key;
	return NULL;
}

void roll_set_card(struct roll *r, const struct roll_card *card)
{
	struct roll_person *p = find(r, card->id);
	bool moves = !p || strcmp(p->name_key, card->name_key) != 0;
	if (p && moves)
		take_out(r, p);
	if (!p)
		p = add_person(r, card->id);
	p->name = keep_text(r, p->name, card->name);
	p->name_fold = keep_text(r, p->name_fold, card->name_fold);
	p->name_key = keep_text(r, p->name_key, card->name_key);
	p->birth = card->birth;
	p->sex = sex_of(card->sex);
	if (moves)
		put_in_order(r, p);
	compact(r);
}

/* Met and reached ones are of no concern any more. */
static bool is_kept(const struct standing_clock *k)
{
	return late_is_late(k) || k->status == CLOCK_RUNNING;
}

static size_t count_clocks(const struct roll_person *p, const struct standing *s)
{
	size_t n = 0;
	for (size_t i = 0; p->open && i < s->clocks_n; i++)
		n += is_kept(&s->clocks[i]);
	return n;
}

static void add_clock(struct roll_person *p, const struct standing_clock *k)
{
	bool late = late_is_late(k);
	p->clocks[p->clocks_n++] = (struct roll_clock){ k->clock, k->pack, k->start, k->due, k->due_extended, k->status,
		k->subject };
	p->late |= late;
	if (!late && (!day_known(p->due) || k->due.n < p->due.n))
		p->due = k->due;
}

static void set_clocks(struct roll *r, struct roll_person *p, const struct standing *s)
{
	size_t n = count_clocks(p, s);
	if (n != p->clocks_n) {
		r->garbage += cost(p->clocks_n * sizeof *p->clocks);
		p->clocks = n ? arena_array(&r->persons, struct roll_clock, n) : NULL;
	}
	p->clocks_n = 0;
	p->late = false;
	p->due = DAY_NONE;
	for (size_t i = 0; n && i < s->clocks_n; i++)
		if (is_kept(&s->clocks[i]))
			add_clock(p, &s->clocks[i]);
	assert(p->clocks_n == n);
}

/* A clock that starts at the end of another moves with that one, which may be over. */
static struct period waits_of(const struct standing *s)
{
	struct period p = { DAY_LAST, DAY_FIRST };
	for (size_t i = 0; i < s->clocks_n; i++) {
		const struct standing_clock *k = &s->clocks[i];
		struct day from = k->clock->from_clock >= 0 ? DAY_FIRST : k->start;
		if (!is_kept(k))
			continue;
		p.from = day_before(from, p.from) ? from : p.from;
		p.to = day_before(p.to, k->due_extended) ? k->due_extended : p.to;
	}
	return p.from.n <= p.to.n ? p : (struct period){ DAY_NONE, DAY_NONE };
}

void roll_set_standing(struct roll *r, struct person_id id, struct unit_id unit, const struct standing *s)
{
	struct roll_person *p = find(r, id);
	assert(p);
	p->unit = unit;
	p->phase = s->phase;
	p->open = phase_is_open(s->phase);
	p->state = s->state;
	p->state_label = s->state_label;
	p->since = s->since;
	p->next = s->next ? s->next->step : NULL;
	p->waits = waits_of(s);
	set_clocks(r, p, s);
	r->marks.v[place_of(r, p->name_key, id)] = mark_of(p);
	compact(r);
}

static struct roll_helper helper_of(const struct helpers *list, const struct helper *h)
{
	const struct fact *x = h->fact;
	return (struct roll_helper){ x->other, x->other.v ? NULL : x->detail, code_by_key(CODES_HELPER, x->value)->key, x->seq, x->on, h->until,
		helper_unreplaced(list, h) };
}

static void drop_helpers(struct roll *r, const struct roll_person *p)
{
	r->garbage += cost(p->helpers_n * sizeof *p->helpers);
	for (size_t i = 0; i < p->helpers_n; i++)
		r->garbage += p->helpers[i].name ? cost(strlen(p->helpers[i].name) + 1) : 0;
}

void roll_set_helpers(struct roll *r, struct person_id id, const struct helpers *list, const struct helper_state *state)
{
	struct roll_person *p = find(r, id);
	assert(p);
	p->help = *state;
	if (p->helpers_n + list->n == 0)
		return;
	drop_helpers(r, p);
	p->helpers_n = 0;
	p->helpers = list->n ? arena_array(&r->persons, struct roll_helper, list->n) : NULL;
	for (size_t i = 0; i < list->n; i++) {
		struct roll_helper *h = &p->helpers[p->helpers_n++];
		*h = helper_of(list, &list->v[i]);
		h->name = arena_strdup(&r->persons, h->name);
	}
	r->marks.v[place_of(r, p->name_key, id)] = mark_of(p);
	compact(r);
}
