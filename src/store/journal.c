#include "store/journal.h"

#include "store/queries.gen.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct journal_head empty = {
	.prev = "",
	.hash = "0000000000000000000000000000000000000000000000000000000000000000",
};

static void entry_hash(const struct entry *e, char ret[HASH_HEX])
{
	struct hash h;
	hash_init(&h);
	hash_text(&h, e->prev_hash);
	hash_int(&h, e->id.v);
	hash_int(&h, e->at_us);
	hash_text(&h, e->actor);
	hash_text(&h, e->op);
	hash_text(&h, e->entity);
	hash_int(&h, e->entity_id);
	hash_text(&h, e->input);
	hash_hex(&h, ret);
}

static enum err broken(struct fault *f, enum msg msg, int64_t id)
{
	char field[FAULT_FIELD_SIZE], number[24];
	(void)snprintf(field, sizeof field, "journal:%" PRId64, id);
	(void)snprintf(number, sizeof number, "%" PRId64, id);
	return FAULT(f, E_STORAGE, field, msg, number);
}

static enum err set_head(struct journal_head *ret, struct entry_id id, const char *hash, struct fault *f)
{
	if (strlen(hash) != HASH_HEX - 1)
		return broken(f, MSG_STORE_JOURNAL_CHANGED, id.v);
	ret->last = id;
	memcpy(ret->hash, hash, HASH_HEX);
	return OK;
}

enum err journal_head(struct db *db, struct journal_head *ret, struct fault *f)
{
	scoped(arena_done) struct arena a = {0};
	struct journal_last_row last;
	bool found;
	TRY(q_journal_last(db, &a, &found, &last, f));
	if (found)
		return set_head(ret, last.id, last.hash, f);
	*ret = empty;
	return OK;
}

enum err journal_append(struct db *db, struct journal_head *head, struct entry *e, struct fault *f)
{
	struct journal_head next = { .last = { head->last.v + 1 } };
	struct entry full = *e;
	full.id = next.last;
	full.prev_hash = memcpy(next.prev, head->hash, HASH_HEX);
	entry_hash(&full, next.hash);
	TRY(q_journal_append(db, full.id, full.at_us, full.actor, full.op, full.entity, full.entity_id, full.input, full.prev_hash,
		next.hash, f));
	*head = next;
	full.prev_hash = head->prev;
	full.hash = head->hash;
	*e = full;
	return OK;
}

/* A row of either query below, whose columns are the same. */
#define ENTRY_OF(row) \
	((struct entry){ (row)->id, (row)->at_us, (row)->actor, (row)->op, (row)->entity, (row)->entity_id, (row)->input, \
		(row)->prev_hash, (row)->hash })

enum err journal_read(struct db *db, struct entry_id after, int64_t limit, struct arena *a, struct entry **ret, size_t *ret_n,
	struct fault *f)
{
	struct journal_entries_row *rows;
	size_t n;
	TRY(q_journal_entries(db, after, limit, a, &rows, &n, f));
	struct entry *entries = arena_array(a, struct entry, n);
	for (size_t i = 0; i < n; i++)
		entries[i] = ENTRY_OF(&rows[i]);
	*ret = entries;
	*ret_n = n;
	return OK;
}

struct walk {
	struct journal_head head;
	int64_t n;
};

static enum err check_entry(void *ctx, const struct journal_chain_row *row, struct fault *f)
{
	struct walk *w = ctx;
	struct entry e = ENTRY_OF(row);
	char hash[HASH_HEX];
	entry_hash(&e, hash);
	if (strcmp(hash, e.hash) != 0)
		return broken(f, MSG_STORE_JOURNAL_CHANGED, e.id.v);
	if (e.id.v != w->head.last.v + 1)
		return broken(f, MSG_STORE_JOURNAL_MISSING, w->head.last.v + 1);
	if (strcmp(e.prev_hash, w->head.hash) != 0)
		return broken(f, MSG_STORE_JOURNAL_CHANGED, e.id.v);
	w->n++;
	memcpy(w->head.prev, w->head.hash, HASH_HEX);
	return set_head(&w->head, e.id, e.hash, f);
}

enum err journal_verify(struct db *db, int64_t *ret_n, struct journal_head *ret_head, struct fault *f)
{
	struct walk w = { .head = empty };
	TRY(q_journal_chain(db, check_entry, &w, f));
	*ret_n = w.n;
	*ret_head = w.head;
	return OK;
}
