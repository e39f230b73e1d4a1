-- Who may have an open candidacy.

-- name: late_cards :many
-- out: id person_id, unit_id unit_id, name text, name_key text
SELECT id, unit_id, name, name_key FROM person ORDER BY unit_id, id;
