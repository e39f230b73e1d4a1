-- Persons: the card that lists read, and the facts behind it.

-- name: person_insert :later
-- in: unit unit_id, id person_id, name text, name_fold text, name_key text, birth_on day?, sex text?, id_number text?, last_seq i64, entry entry_id
INSERT INTO person(unit_id, id, name, name_fold, name_key, birth_on, sex, id_number, last_seq, entry_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: person_update :later
-- in: id person_id, unit unit_id, name text, name_fold text, name_key text, birth_on day?, sex text?, id_number text?, last_seq i64, entry entry_id
UPDATE person SET unit_id = $2, name = $3, name_fold = $4, name_key = $5, birth_on = $6, sex = $7, id_number = $8, last_seq = $9, entry_id = $10
WHERE id = $1;

-- name: person_get :one
-- in: id person_id
-- out: id person_id, unit_id unit_id, name text, birth_on day?, sex text?, id_number text?, last_seq i64, entry_id entry_id
SELECT id, unit_id, name, birth_on, sex, id_number, last_seq, entry_id FROM person WHERE id = $1;

-- name: person_by_id_number :one
-- in: id_number text
-- out: id person_id
SELECT id FROM person WHERE id_number = $1;

-- People of that name born in the period, and those whose birth day is not on record.
-- name: people_by_fold :many
-- in: name_fold text, born_from day, born_to day
-- out: id person_id, unit_id unit_id, name text, birth_on day?, id_number text?
SELECT id, unit_id, name, birth_on, id_number FROM person WHERE name_fold = $1 AND birth_on BETWEEN $2 AND $3
UNION ALL SELECT id, unit_id, name, birth_on, id_number FROM person WHERE name_fold = $1 AND birth_on IS NULL
ORDER BY id;

-- name: people_of_unit :many
-- in: unit unit_id, after_key text, after_id person_id, most i64
-- out: id person_id, name text, name_key text, birth_on day?, sex text?
SELECT id, name, name_key, birth_on, sex FROM person
WHERE unit_id = $1 AND (name_key, id) > ($2, $3) ORDER BY name_key, id LIMIT $4;

-- Members of a unit who were recognised and have not left, for a list to choose helpers from.
-- name: helper_choices :many
-- in: unit unit_id
-- out: id person_id, name text
SELECT p.id, p.name FROM person p
WHERE p.unit_id = $1 AND EXISTS (SELECT 1 FROM person_fact f WHERE f.person_id = p.id AND f.kind = 'recognition')
  AND NOT EXISTS (SELECT 1 FROM person_fact x WHERE x.person_id = p.id AND x.kind = 'left')
ORDER BY p.name_key, p.id;

-- name: people_like :many
-- in: pattern text, most i64
-- out: id person_id, unit_id unit_id, name text, name_fold text, name_key text, birth_on day?
SELECT id, unit_id, name, name_fold, name_key, birth_on FROM person WHERE name_fold LIKE $1 ESCAPE '\' ORDER BY name_key, id LIMIT $2;

-- name: people_all :each
-- out: id person_id
SELECT id FROM person ORDER BY id;

-- name: person_fact_insert :later
-- in: person person_id, seq i64, kind text, on_day day?, unit unit_id, value text?, class class_id?, paper_no text?, paper_on day?, signer text?, corrects i64?, withdrawn bool, entry entry_id, other person_id?, detail text?, since_on day?, about i64?, amount i64?
INSERT INTO person_fact(person_id, seq, kind, on_day, unit_id, value, class_id, paper_no, paper_on, signer, corrects, withdrawn, entry_id,
  other_id, detail, since_on, about, amount)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: vote_insert :later
-- in: person person_id, seq i64, members i64, away i64, exempt_absent i64, suspended i64, yes i64, no i64
INSERT INTO vote(person_id, seq, members, away, exempt_absent, suspended, yes, no) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: person_facts :many
-- in: person person_id
-- out: seq i64, kind text, on_day day?, unit_id unit_id, value text?, class_id class_id?, paper_no text?, paper_on day?, signer text?, corrects i64?, withdrawn bool, entry_id entry_id, other_id person_id?, detail text?, since_on day?, about i64?, amount i64?
SELECT seq, kind, on_day, unit_id, value, class_id, paper_no, paper_on, signer, corrects, withdrawn, entry_id,
  other_id, detail, since_on, about, amount
FROM person_fact WHERE person_id = $1 ORDER BY seq;

-- name: person_votes :many
-- in: person person_id
-- out: seq i64, members i64, away i64, exempt_absent i64, suspended i64, yes i64, no i64
SELECT seq, members, away, exempt_absent, suspended, yes, no FROM vote WHERE person_id = $1 ORDER BY seq;

-- The whole register as one stream, person by person, with what the cube and a standing look at.
-- name: person_facts_all :each
-- out: person_id person_id, seq i64, kind text, on_day day?, unit_id unit_id, value text?, class_id class_id?, paper_on day?, corrects i64?, withdrawn bool, other_id person_id?, detail text?, since_on day?, about i64?, amount i64?, members i64?, away i64?, exempt_absent i64?, suspended i64?, yes i64?, no i64?
SELECT f.person_id, f.seq, f.kind, f.on_day, f.unit_id, f.value, f.class_id, f.paper_on, f.corrects, f.withdrawn,
  f.other_id, f.detail, f.since_on, f.about, f.amount, v.members, v.away, v.exempt_absent, v.suspended, v.yes, v.no
FROM person_fact f LEFT JOIN vote v ON v.person_id = f.person_id AND v.seq = f.seq ORDER BY f.person_id, f.seq;

-- The cards in the order of lists.
-- name: cards_all :each
-- out: id person_id, name text, name_fold text, name_key text, birth_on day?, sex text?
SELECT id, name, name_fold, name_key, birth_on, sex FROM person ORDER BY name_key, id;

-- name: card_get :one
-- in: id person_id
-- out: id person_id, name text, name_fold text, name_key text, birth_on day?, sex text?
SELECT id, name, name_fold, name_key, birth_on, sex FROM person WHERE id = $1;

-- The entries that brought the facts of a person, the newest first.
-- name: person_entries :many
-- in: person person_id, before entry_id
-- out: entry_id entry_id
SELECT DISTINCT entry_id FROM person_fact WHERE person_id = $1 AND entry_id < $2 ORDER BY entry_id DESC;

-- What membership follows from, of everybody whose card is in that unit.
-- name: unit_membership :many
-- in: unit unit_id
-- out: person_id person_id, seq i64, kind text, on_day day?, unit_id unit_id, value text?, corrects i64?, withdrawn bool, detail text?, about i64?, amount i64?
SELECT f.person_id, f.seq, f.kind, f.on_day, f.unit_id, f.value, f.corrects, f.withdrawn, f.detail, f.about, f.amount
FROM person p JOIN person_fact f ON f.person_id = p.id
WHERE p.unit_id = $1 AND f.kind IN ('unit', 'decision', 'ceremony', 'recognition', 'decision_cancelled', 'recognition_cancelled', 'left',
  'transfer', 'returned', 'appeal', 'appeal_answered')
ORDER BY f.person_id, f.seq;
