-- Organisations and their dated facts.

-- name: unit_insert :later
-- in: id unit_id, code text, entry entry_id
INSERT INTO unit(id, code, entry_id) VALUES ($1, $2, $3);

-- name: unit_fact_insert :later
-- in: unit unit_id, seq i64, kind text, from day, value text?, ref unit_id?, paper_no text?, paper_on day?, corrects i64?, withdrawn bool, entry entry_id
INSERT INTO unit_fact(unit_id, seq, kind, from_on, value, ref_unit_id, paper_no, paper_on, corrects, withdrawn, entry_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: units_all :each
-- out: id unit_id, code text
SELECT id, code FROM unit ORDER BY id;

-- name: unit_facts_all :each
-- out: unit_id unit_id, seq i64, kind text, from_on day, value text?, ref_unit_id unit_id?, paper_no text?, paper_on day?, corrects i64?, withdrawn bool, entry_id entry_id
SELECT unit_id, seq, kind, from_on, value, ref_unit_id, paper_no, paper_on, corrects, withdrawn, entry_id FROM unit_fact ORDER BY unit_id, seq;

-- name: unit_people :one
-- in: unit unit_id
-- out: people i64
SELECT count(*) AS people FROM person WHERE unit_id = $1;
