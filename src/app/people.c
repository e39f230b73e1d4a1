#include "app/people.h"
#include "app/ops_impl.h"
#include "base/utf8.h"
#include "store/queries.gen.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

static struct fact *by_seq(struct facts *all, int64_t seq)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].seq == seq)
			return &all->v[i];
	return NULL;
}

static enum err add_votes(struct app *app, struct person_id id, struct arena *a, struct facts *all, struct fault *f)
{
	struct person_votes_row *rows;
	size_t n;
	TRY(q_person_votes(app->db, id, a, &rows, &n, f));
	for (size_t i = 0; i < n; i++) {
		struct fact *fact = by_seq(all, rows[i].seq);
		assert(fact);
		fact->has_vote = true;
		fact->vote = (struct vote){ (int32_t)rows[i].members, (int32_t)rows[i].away, (int32_t)rows[i].exempt_absent,
			(int32_t)rows[i].suspended,
			(int32_t)rows[i].yes, (int32_t)rows[i].no };
	}
	return OK;
}

static int32_t number_or_none(int64_t v)
{
	return v == ABSENT_INT ? 0 : (int32_t)v;
}

enum err people_facts(struct app *app, struct person_id id, struct arena *a, struct facts *ret, struct fault *f)
{
	struct person_facts_row *rows;
	struct facts all = { 0 };
	size_t n;
	TRY(q_person_facts(app->db, id, a, &rows, &n, f));
	if (n == 0)
		return FAULT(f, E_NOTFOUND, "person", MSG_PERSON_UNKNOWN, arena_printf(a, "%" PRId64, id.v));
	for (size_t i = 0; i < n; i++) {
		const struct person_facts_row *r = &rows[i];
		*arena_push(a, all.v, all.n, all.cap) = (struct fact){
			.seq = (int32_t)r->seq, .kind = r->kind, .on = r->on_day, .unit = r->unit_id, .value = r->value, .class_id = r->class_id,
			.paper_no = r->paper_no, .paper_on = r->paper_on, .signer = r->signer, .corrects = number_or_none(r->corrects),
			.withdrawn = r->withdrawn, .entry = r->entry_id, .other = r->other_id, .detail = r->detail, .since = r->since_on,
			.about = number_or_none(r->about), .amount = number_or_none(r->amount),
		};
	}
	TRY(add_votes(app, id, a, &all, f));
	*ret = all;
	return OK;
}

enum err app_facts(struct app *app, struct person_id id, struct arena *a, struct facts *ret_all, struct facts *ret_active, struct fault *f)
{
	TRY(people_facts(app, id, a, ret_all, f));
	*ret_active = facts_active(ret_all, a);
	return OK;
}

enum err people_by_number(struct app *app, const char *id_number, struct arena *a, struct person_id *ret, struct fault *f)
{
	struct person_by_id_number_row row;
	bool found;
	TRY(q_person_by_id_number(app->db, id_number, a, &found, &row, f));
	*ret = found ? row.id : (struct person_id){ 0 };
	return OK;
}

struct fact *people_add(struct facts *all, struct arena *a, const char *kind)
{
	int32_t seq = all->n ? all->v[all->n - 1].seq + 1 : 1;
	struct fact *fact = arena_push(a, all->v, all->n, all->cap);
	*fact = (struct fact){ .seq = seq, .kind = kind, .on = DAY_NONE, .paper_on = DAY_NONE, .since = DAY_NONE };
	return fact;
}

static int64_t or_absent(int32_t v)
{
	return v ? v : ABSENT_INT;
}

static enum err store_fact(struct app *app, struct person_id id, const struct fact *x, struct entry_id entry, struct fault *f)
{
	assert(x->unit.v > 0);
	TRY(q_person_fact_insert(app->db, id, x->seq, x->kind, x->on, x->unit, x->value, x->class_id, x->paper_no, x->paper_on, x->signer,
		or_absent(x->corrects), x->withdrawn, entry, x->other, x->detail, x->since, or_absent(x->about), or_absent(x->amount), f));
	const struct vote *v = &x->vote;
	if (!x->has_vote)
		return OK;
	return q_vote_insert(app->db, id, x->seq, v->members, v->away, v->exempt_absent, v->suspended, v->yes, v->no, f);
}

static struct day birth_of(const struct facts *active)
{
	struct day birth = DAY_NONE;
	const char *iso = facts_value(active, "birth", DAY_NONE);
	if (iso && day_parse(iso, "birth", &birth, NULL) != OK)
		return DAY_NONE;
	return birth;
}

static enum err store_card(struct app *app, struct person_id id, const struct facts *all, bool is_new, struct entry_id entry,
	struct arena *a, struct fault *f)
{
	struct facts active = facts_active(all, a);
	const char *name = facts_value(&active, "name", DAY_NONE), *sex = facts_value(&active, "sex", DAY_NONE);
	const char *number = facts_value(&active, "id_number", DAY_NONE), *fold = vi_fold(a, name), *key = vi_name_key(a, name);
	struct unit_id unit = facts_unit(&active, DAY_NONE);
	int32_t last = all->v[all->n - 1].seq;
	if (is_new)
		return q_person_insert(app->db, unit, id, name, fold, key, birth_of(&active), sex, number, last, entry, f);
	return q_person_update(app->db, id, unit, name, fold, key, birth_of(&active), sex, number, last, entry, f);
}

enum err people_store(struct app *app, struct person_id id, struct facts *all, size_t from, struct entry_id entry, struct arena *a,
	struct fault *f)
{
	assert(from < all->n);
	TRY(store_card(app, id, all, from == 0, entry, a, f));
	for (size_t i = from; i < all->n; i++) {
		all->v[i].entry = entry;
		TRY(store_fact(app, id, &all->v[i], entry, f));
	}
	return OK;
}

bool people_same_name(const char *x, const char *y, struct arena *a)
{
	return strcmp(x, y) == 0 || strcmp(vi_spelling(a, x), vi_spelling(a, y)) == 0;
}

/* Of a vote; of a life history, whether the person qualifies. */
static const char *result_text(const char *kind, const char *value, enum lang lang)
{
	bool failed = strcmp(value, VALUE_FAILED) == 0;
	if (strcmp(kind, "cv_certified") == 0)
		return lang == LANG_EN ? (failed ? "does not qualify" : "qualifies") : failed ? "không đủ điều kiện" : "đủ điều kiện";
	if (lang == LANG_EN)
		return value;
	return failed ? "không đạt" : "đạt";
}

const char *people_value(const char *kind, const char *value, enum lang lang, struct arena *a)
{
	struct day d;
	const struct fact_kind *k = fact_kind_find(kind);
	if (!value)
		return "–";
	if (!k)
		return result_text(kind, value, lang);
	if (k->codes >= 0)
		return code_label((enum code_table)k->codes, value, lang);
	if (k->codes == VALUE_DAY && day_parse(value, kind, &d, NULL) == OK)
		return ops_day_text(d, a);
	return value;
}

enum err people_id_number(const char *text, struct arena *a, const char **ret, struct fault *f)
{
	char *digits = arena_strdup(a, text);
	size_t n = 0;
	for (const char *p = text; *p; p++)
		if (*p != ' ' && *p != '.')
			digits[n++] = *p;
	digits[n] = '\0';
	if ((n != 12 && n != 9) || strspn(digits, "0123456789") != n)
		return FAULT(f, E_INVALID, "id_number", MSG_ID_NUMBER_DIGITS, text);
	*ret = digits;
	return OK;
}

void people_id_number_doubts(const char *id_number, const char *sex, struct day birth, struct arena *a, struct warnings *w)
{
	if (!id_number || strlen(id_number) != 12)
		return;
	int century_and_sex = id_number[3] - '0', year = (id_number[4] - '0') * 10 + id_number[5] - '0';
	if (sex && (century_and_sex % 2 == 1) != (strcmp(sex, "female") == 0))
		WARN(a, w, "id_number", MSG_ID_NUMBER_SEX, id_number);
	if (day_known(birth) && day_ymd(birth).year != 1900 + 100 * (century_and_sex / 2) + year)
		WARN(a, w, "id_number", MSG_ID_NUMBER_YEAR, id_number, ops_day_text(birth, a));
}
