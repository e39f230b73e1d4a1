-- Reorganisations: several changes to the tree under one decision.

-- name: reorg_insert :exec
-- in: id i64, kind text, on_day day, paper_no text?, paper_on day?, undoes i64?, entry entry_id
INSERT INTO reorg(id, kind, on_day, paper_no, paper_on, undoes, entry_id) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: reorg_heir_insert :later
-- in: reorg i64, unit unit_id, heir unit_id
INSERT INTO reorg_heir(reorg_id, unit_id, heir_id) VALUES ($1, $2, $3);

-- name: reorg_get :one
-- in: id i64
-- out: id i64, kind text, on_day day, paper_no text?, paper_on day?, undoes i64?, entry_id entry_id
SELECT id, kind, on_day, paper_no, paper_on, undoes, entry_id FROM reorg WHERE id = $1;

-- The one that takes it back.
-- name: reorg_undone :one
-- in: undoes i64
-- out: id i64
SELECT id FROM reorg WHERE undoes = $1 ORDER BY id LIMIT 1;

-- name: reorgs_all :many
-- out: id i64, kind text, on_day day, paper_no text?, paper_on day?, undoes i64?, entry_id entry_id
SELECT id, kind, on_day, paper_no, paper_on, undoes, entry_id FROM reorg ORDER BY id;

-- Which lives on in which, as far as nobody took it back.
-- name: reorg_heirs_all :each
-- out: unit_id unit_id, heir_id unit_id, on_day day, reorg_id i64
SELECT h.unit_id, h.heir_id, r.on_day, h.reorg_id FROM reorg_heir h JOIN reorg r ON r.id = h.reorg_id
WHERE NOT EXISTS (SELECT 1 FROM reorg u WHERE u.undoes = h.reorg_id) ORDER BY h.unit_id, h.reorg_id, h.heir_id;

-- What is on record of everybody who was ever in a unit, person by person.
-- name: reorg_people :each
-- in: unit unit_id
-- out: person_id person_id, seq i64, kind text, on_day day?, unit_id unit_id, value text?, corrects i64?, withdrawn bool, entry_id entry_id
SELECT person_id, seq, kind, on_day, unit_id, value, corrects, withdrawn, entry_id FROM person_fact
WHERE person_id IN (SELECT person_id FROM person_fact WHERE kind = 'unit' AND unit_id = $1) ORDER BY person_id, seq;

-- Whose card an entry was the last to change.
-- name: reorg_moved :each
-- in: entry entry_id
-- out: id person_id
SELECT id FROM person WHERE entry_id = $1 ORDER BY id;

-- name: reorg_targets :many
-- in: unit unit_id, day day
-- out: id target_id, indicator text, kind text, from_on day, to_on day, low_milli i64, high_milli i64?, at_least bool
SELECT id, indicator, kind, from_on, to_on, low_milli, high_milli, at_least FROM target t
WHERE unit_id = $1 AND to_on >= $2 AND NOT EXISTS (SELECT 1 FROM target r WHERE r.replaces = t.id) ORDER BY id;

-- A reorganisation of a later day, not taken back, that has changed a target.
-- name: reorg_target_later :one
-- in: unit unit_id, indicator text, kind text, from day, to day, day day
-- out: id i64, on_day day
SELECT r.id, r.on_day FROM target t JOIN reorg r ON r.id = t.reorg_id
WHERE t.unit_id = $1 AND t.indicator = $2 AND t.kind = $3 AND t.from_on = $4 AND t.to_on = $5 AND r.on_day > $6 AND r.undoes IS NULL
  AND NOT EXISTS (SELECT 1 FROM reorg u WHERE u.undoes = r.id) ORDER BY r.id DESC LIMIT 1;

-- The targets that a reorganisation carried over, and how often they were set anew since; what was taken back does not count.
-- name: reorg_carried :many
-- in: reorg i64
-- out: id target_id, unit_id unit_id, indicator text, kind text, from_on day, to_on day, replaces target_id?, replaced i64
SELECT id, unit_id, indicator, kind, from_on, to_on, replaces,
  (SELECT count(*) FROM target r WHERE r.unit_id = t.unit_id AND r.indicator = t.indicator AND r.kind = t.kind AND r.from_on = t.from_on
    AND r.to_on = t.to_on AND r.id > t.id AND NOT EXISTS (SELECT 1 FROM reorg g
      WHERE (g.id = r.reorg_id AND g.undoes IS NOT NULL) OR g.undoes = r.reorg_id)) AS replaced
FROM target t WHERE reorg_id = $1 ORDER BY id;

-- name: reorg_first_target :one
-- in: entry entry_id
-- out: id target_id
SELECT coalesce(min(id), 0) AS id FROM target WHERE entry_id = $1;

-- The places of people that an entry brought.
-- name: reorg_brought :many
-- in: entry entry_id
-- out: person_id person_id, seq i64
SELECT person_id, seq FROM person_fact WHERE entry_id = $1 AND kind = 'unit' ORDER BY person_id, seq;

-- What came to a unit after an entry and is still in force: a correction that was taken back corrects nothing.
-- name: reorg_leaning :one
-- in: unit unit_id, entry entry_id
-- out: facts i64, targets i64, classes i64, roles i64
SELECT (SELECT count(*) FROM person_fact f WHERE unit_id = $1 AND entry_id > $2 AND withdrawn = 0 AND NOT EXISTS (SELECT 1
    FROM person_fact c WHERE c.person_id = f.person_id AND c.corrects = f.seq AND NOT EXISTS (SELECT 1
      FROM person_fact w WHERE w.person_id = c.person_id AND w.corrects = c.seq AND w.withdrawn = 1))) AS facts,
  (SELECT count(*) FROM target WHERE unit_id = $1 AND entry_id > $2 AND reorg_id IS NULL) AS targets,
  (SELECT count(*) FROM class WHERE unit_id = $1 AND entry_id > $2) AS classes,
  (SELECT count(*) FROM account_role WHERE unit_id = $1 AND entry_id > $2 AND to_on IS NULL) AS roles;
