-- The site's own values of rules.

-- name: rule_value_insert :exec
-- in: id i64, key text, value text, from day, to day?, reason text, paper_no text?, entry entry_id
INSERT INTO rule_value(id, key, value, from_on, to_on, reason, paper_no, entry_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- In the order of entry: the last one of a key and day holds.
-- name: rule_values_all :many
-- out: id i64, key text, value text, from_on day, to_on day?, reason text, paper_no text?, entry_id entry_id
SELECT id, key, value, from_on, to_on, reason, paper_no, entry_id FROM rule_value ORDER BY id;

-- name: rule_value_get :one
-- in: id i64
-- out: key text, value text, from_on day, to_on day?, reason text, paper_no text?
SELECT key, value, from_on, to_on, reason, paper_no FROM rule_value WHERE id = $1;

-- name: rule_value_end :exec
-- in: id i64, to day
UPDATE rule_value SET to_on = $2 WHERE id = $1;
