SELECT 1;

-- name: no_kind
SELECT 1;

-- name: unknown_type :one
-- out: n number
SELECT count(*) AS n FROM unit;

-- name: missing_comma :one
-- in: a i64 b i64
-- out: n i64
SELECT count(*) AS n FROM unit WHERE id IN ($1, $2);

-- name: maybe_bool :exec
-- in: active bool?
UPDATE person SET active = $1;

-- name: misspelt :one
-- out: n i64
SELECT count(*) AS n FROM units;

-- name: two_statements :exec
DELETE FROM person; DELETE FROM unit;

-- name: one_thing_called_another :one
-- in: id unit_id
-- out: code text
SELECT code AS name FROM unit WHERE id = $1;

-- name: too_few_columns :one
-- out: id unit_id, code text
SELECT id FROM unit;

-- name: may_be_null :one
-- out: parent_id unit_id
SELECT parent_id FROM unit;

-- name: is_never_null :one
-- out: code text?
SELECT code FROM unit;

-- name: null_behind_left_join :many
-- out: id unit_id, above text
SELECT u.id, a.code AS above FROM person p LEFT JOIN unit a ON a.id = p.unit_id JOIN unit u ON u.id = p.unit_id ORDER BY u.id;

-- name: null_on_empty_tables :one
-- out: last i64
SELECT max(id) AS last FROM unit;

-- name: text_as_number :one
-- out: code i64
SELECT code FROM unit;

-- name: number_as_text :one
-- out: weight text?
SELECT weight FROM person;

-- name: person_as_unit :one
-- out: unit_id person_id
SELECT unit_id FROM person;

-- name: day_as_number :one
-- out: birth_on i64?
SELECT birth_on FROM person;

-- name: parameter_not_declared :one
-- in: code text
-- out: id unit_id
SELECT id FROM unit WHERE code = $1 AND id = $2;

-- name: parameter_not_used :one
-- in: code text, id unit_id
-- out: id unit_id
SELECT id FROM unit WHERE code = $1;

-- name: parameter_without_number :one
-- in: code text
-- out: id unit_id
SELECT id FROM unit WHERE code = ?;

-- name: number_into_text :exec
-- in: id unit_id, code i64, entry_id entry_id
INSERT INTO unit (id, code, entry_id) VALUES ($1, $2, $3);

-- name: text_into_number :exec
-- in: id text, code text, entry_id entry_id
INSERT INTO unit (id, code, entry_id) VALUES ($1, $2, $3);

-- name: ids_the_wrong_way_round :exec
-- in: id unit_id, unit_id person_id, name text
INSERT INTO person (id, unit_id, name, active) VALUES ($1, $2, $3, 1);

-- name: ids_the_wrong_way_round_in_select :exec
-- in: id unit_id, unit_id person_id, name text
INSERT INTO person (id, unit_id, name, active) SELECT $1, $2, $3, 1;

-- name: number_compared_with_text :one
-- in: code i64
-- out: id unit_id
SELECT id FROM unit WHERE code = $1;

-- name: person_compared_with_unit :exec
-- in: person_id person_id
UPDATE unit SET parent_id = NULL WHERE unit.id <> $1;

-- name: number_set_as_day :exec
-- in: closed_on i64, id unit_id
UPDATE unit SET closed_on=$1 WHERE id=$2;

-- name: null_into_not_null :exec
-- in: id unit_id, code text?, entry_id entry_id
INSERT INTO unit (id, code, entry_id) VALUES ($1, $2, $3);

-- name: name_of_the_glue :one
-- in: db text
-- out: id unit_id
SELECT id FROM unit WHERE code = $1;

-- name: exec_with_rows :exec
SELECT id FROM unit;

-- name: one_without_columns :one
DELETE FROM person;

-- name: without_order :many
-- out: id unit_id
SELECT id FROM (SELECT id FROM unit ORDER BY id) AS x;

-- name: order_of_unknown :many
-- out: id person_id, birth_on day?
SELECT id, birth_on FROM person ORDER BY birth_on, id;

-- name: case_and_collation :many
-- out: id unit_id
SELECT id FROM unit WHERE lower(code) = 'lower(' ORDER BY code COLLATE NOCASE;

-- name: engine_words :exec
INSERT OR REPLACE INTO journal (id, input) VALUES (1, strftime('%s', 'now'));

-- name: right_join :many
-- out: id unit_id
SELECT unit.id FROM person RIGHT JOIN unit ON unit.id = person.unit_id ORDER BY unit.id;

-- name: journal_change :exec
-- in: id entry_id
UPDATE journal SET input = '' WHERE id = $1;

-- name: twice :exec
DELETE FROM person;

-- name: twice :exec
DELETE FROM unit;

-- name: without_end :exec
DELETE FROM unit
