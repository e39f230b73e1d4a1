-- This comment belongs to the file, not to a query.

-- A unit by its code,
-- open or closed.
-- name: unit_by_code :one
-- in: code text
-- out: id unit_id, parent_id unit_id?, closed_on day?, entry_id entry_id
SELECT id, parent_id, closed_on, entry_id FROM unit WHERE code = $1;

-- name: people_of :many
-- in: unit_id unit_id, born_before day?, active bool
-- out: id person_id, name text, birth_on day?, active bool, weight i64?
SELECT id, name, birth_on, active, weight
FROM person
WHERE unit_id = $1 AND active = $3 AND (birth_on < $2 OR birth_on IS NULL)
ORDER BY birth_on NULLS LAST, id;

-- Every person with the code of the unit above, and how many live there.
-- name: people :each
-- out: id person_id, above text?, n i64, heaviest i64?
SELECT p.id, above.code AS above, (SELECT count(*) FROM person q WHERE q.unit_id = p.unit_id) AS n,
  (SELECT max(weight) FROM person r WHERE r.unit_id = p.unit_id) AS heaviest
FROM person p
JOIN unit ON unit.id = p.unit_id
LEFT JOIN unit above ON above.id = unit.parent_id
ORDER BY p.id;

-- name: person_add :exec
-- in: id person_id, unit_id unit_id, name text,
-- in: birth_on day?, active bool, weight i64?, entry_id entry_id
INSERT INTO person (unit_id, id, name, birth_on, active, weight, entry_id) VALUES ($2, $1, $3, $4, $5, $6, $7);

-- name: unit_add :one
-- in: code text, parent_id unit_id?, entry_id entry_id
-- out: id unit_id
INSERT INTO unit (id, code, parent_id, entry_id)
SELECT coalesce(max(id), 0) + 1, $1, $2, $3 FROM unit
RETURNING id;

-- Text that C must not read as its own: quotes "so", a back\slash.
-- name: odd :one
-- out: n i64
SELECT count(*) AS n FROM unit WHERE code = '"\';

-- A row of many.
-- name: unit_store :later
-- in: id unit_id, code text, entry_id entry_id
INSERT INTO unit (id, code, entry_id) VALUES ($1, $2, $3);
