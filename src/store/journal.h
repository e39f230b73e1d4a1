/* The journal: one entry for each committed operation, appended in the same transaction, chained by hash.
 *
 * hash = BLAKE2b-256 over (prev_hash, id, at_us, actor, op, entity, entity_id, input), each with its length. The first entry's
 * prev_hash is 64 zeros. */
#pragma once

#include "base/hash.h"
#include "store/db.h"

struct entry {
	struct entry_id id;
	int64_t at_us;      /* microseconds since 1970, UTC */
	const char *actor;
	const char *op;
	const char *entity; /* "unit", "person", "class", "target", "calendar" */
	int64_t entity_id;
	const char *input;  /* canonical JSON of the operation's input */
	const char *prev_hash, *hash;
};

/* Where the chain stands. Read it once in a transaction, then each append moves it. */
struct journal_head {
	struct entry_id last;
	char prev[HASH_HEX], hash[HASH_HEX]; /* of the last entry */
};
enum err journal_head(struct db *db, struct journal_head *ret, struct fault *f) MUST_CHECK;

/* Appends e and moves the head. Fills in its id, prev_hash and hash; these two point into *head, until the next append. */
enum err journal_append(struct db *db, struct journal_head *head, struct entry *e, struct fault *f) MUST_CHECK;

/* Entries after `after`, at most `limit`, in order. */
enum err journal_read(struct db *db, struct entry_id after, int64_t limit, struct arena *a, struct entry **ret, size_t *ret_n,
	struct fault *f) MUST_CHECK;

/* Recomputes the chain. The first entry that does not fit: E_STORAGE, field "journal:ID". *ret_n: entries checked. */
enum err journal_verify(struct db *db, int64_t *ret_n, struct journal_head *ret_head, struct fault *f) MUST_CHECK;
