-- The chain of committed operations. Rows are added and read, nothing else.

-- Where the chain ends; not found in a new database.
-- name: journal_last :one
-- out: id entry_id, hash text
SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1;

-- name: journal_append :exec
-- in: id entry_id, at_us i64, actor text, op text, entity text, entity_id i64, input text, prev_hash text, hash text
INSERT INTO journal (id, at_us, actor, op, entity, entity_id, input, prev_hash, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- Entries behind one, at most so many.
-- name: journal_entries :many
-- in: after entry_id, at_most i64
-- out: id entry_id, at_us i64, actor text, op text, entity text, entity_id i64, input text, prev_hash text, hash text
SELECT id, at_us, actor, op, entity, entity_id, input, prev_hash, hash
FROM journal WHERE id > $1 ORDER BY id LIMIT $2;

-- The whole chain.
-- name: journal_chain :each
-- out: id entry_id, at_us i64, actor text, op text, entity text, entity_id i64, input text, prev_hash text, hash text
SELECT id, at_us, actor, op, entity, entity_id, input, prev_hash, hash FROM journal ORDER BY id;

-- Entries before one, the newest first, at most so many.
-- name: journal_back :many
-- in: before entry_id, at_most i64
-- out: id entry_id, at_us i64, actor text, op text, entity text, entity_id i64, input text
SELECT id, at_us, actor, op, entity, entity_id, input FROM journal WHERE id < $1 ORDER BY id DESC LIMIT $2;

-- name: journal_get :one
-- in: id entry_id
-- out: id entry_id, at_us i64, actor text, op text, entity text, entity_id i64, input text
SELECT id, at_us, actor, op, entity, entity_id, input FROM journal WHERE id = $1;

-- The entries that brought the facts of a person.
-- name: journal_stamps :many
-- in: person person_id
-- out: id entry_id, at_us i64, actor text, op text
SELECT id, at_us, actor, op FROM journal WHERE id IN (SELECT entry_id FROM person_fact WHERE person_id = $1) ORDER BY id;

-- name: journal_stamp :one
-- in: id entry_id
-- out: at_us i64, actor text, op text
SELECT at_us, actor, op FROM journal WHERE id = $1;

-- Entries behind one that changed a unit, a day of the calendar or a value of a rule.
-- name: journal_touches :one
-- in: after entry_id
-- out: entries i64
SELECT count(*) AS entries FROM journal WHERE id > $1 AND entity IN ('unit', 'calendar', 'reorg', 'rule');
