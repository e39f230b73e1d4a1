-- Classes, targets, the calendar, and the installation itself.

-- name: class_insert :exec
-- in: id class_id, code text, unit unit_id, kind text, name text, from day, to day, entry entry_id
INSERT INTO class(id, code, unit_id, kind, name, from_on, to_on, entry_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: class_by_code :one
-- in: code text
-- out: id class_id, code text, unit_id unit_id, kind text, name text, from_on day, to_on day
SELECT id, code, unit_id, kind, name, from_on, to_on FROM class WHERE code = $1;

-- name: class_get :one
-- in: id class_id
-- out: id class_id, code text, unit_id unit_id, kind text, name text, from_on day, to_on day
SELECT id, code, unit_id, kind, name, from_on, to_on FROM class WHERE id = $1;

-- name: classes_all :each
-- out: id class_id, code text, unit_id unit_id, kind text, name text, from_on day, to_on day
SELECT id, code, unit_id, kind, name, from_on, to_on FROM class ORDER BY id;

-- name: target_insert :exec
-- in: id target_id, unit unit_id, indicator text, kind text, from day, to day, low_milli i64, high_milli i64?, at_least bool, decided_on day?, paper_no text?, replaces target_id?, reorg i64?, entry entry_id
INSERT INTO target(id, unit_id, indicator, kind, from_on, to_on, low_milli, high_milli, at_least, decided_on, paper_no, replaces, reorg_id, entry_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- The target in force of that unit, indicator, kind and period.
-- name: target_current :one
-- in: unit unit_id, indicator text, kind text, from day, to day
-- out: id target_id, low_milli i64, high_milli i64?, at_least bool, decided_on day?, paper_no text?
SELECT id, low_milli, high_milli, at_least, decided_on, paper_no FROM target
WHERE unit_id = $1 AND indicator = $2 AND kind = $3 AND from_on = $4 AND to_on = $5 ORDER BY id DESC LIMIT 1;

-- name: targets_after :each
-- in: after target_id
-- out: id target_id, unit_id unit_id, indicator text, kind text, from_on day, to_on day, low_milli i64, high_milli i64?, at_least bool, decided_on day?, paper_no text?, replaces target_id?, reorg_id i64?, entry_id entry_id
SELECT id, unit_id, indicator, kind, from_on, to_on, low_milli, high_milli, at_least, decided_on, paper_no, replaces, reorg_id, entry_id
FROM target WHERE id > $1 ORDER BY id;

-- name: calendar_insert :exec
-- in: on_day day, entry entry_id, kind text, note text?, from_on day?, block text?
INSERT INTO calendar_day(on_day, entry_id, kind, note, from_on, block) VALUES ($1, $2, $3, $4, $5, $6);

-- name: calendar_all :each
-- out: on_day day, kind text, note text?, from_on day?, block text?
SELECT on_day, kind, note, from_on, block FROM calendar_day ORDER BY on_day, entry_id;

-- The greatest ids given so far, 0 for none.
-- name: last_ids :one
-- out: unit i64, person i64, class i64, target i64, account i64, role i64, reorg i64
SELECT (SELECT coalesce(max(id), 0) FROM unit) AS unit, (SELECT coalesce(max(id), 0) FROM person) AS person,
  (SELECT coalesce(max(id), 0) FROM class) AS class, (SELECT coalesce(max(id), 0) FROM target) AS target,
  (SELECT coalesce(max(id), 0) FROM account) AS account, (SELECT coalesce(max(id), 0) FROM account_role) AS role,
  (SELECT coalesce(max(id), 0) FROM reorg) AS reorg;

-- name: setting_put :exec
-- in: key text, value text
INSERT INTO setting(key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2;

-- name: setting_get :one
-- in: key text
-- out: value text
SELECT value FROM setting WHERE key = $1;

-- The user's last word on a day.
-- name: calendar_row :one
-- in: on_day day
-- out: kind text, note text?, from_on day?, block text?
SELECT kind, note, from_on, block FROM calendar_day WHERE on_day = $1 AND kind <> 'checked' ORDER BY entry_id DESC LIMIT 1;

-- name: target_get :one
-- in: id target_id
-- out: unit_id unit_id, indicator text, kind text, from_on day, to_on day, low_milli i64, high_milli i64?, at_least bool, decided_on day?, paper_no text?, replaces target_id?
SELECT unit_id, indicator, kind, from_on, to_on, low_milli, high_milli, at_least, decided_on, paper_no, replaces FROM target WHERE id = $1;

-- The user's word on a day before an entry.
-- name: calendar_before :one
-- in: on_day day, entry entry_id
-- out: kind text, note text?
SELECT kind, note FROM calendar_day WHERE on_day = $1 AND entry_id < $2 AND kind <> 'checked' ORDER BY entry_id DESC LIMIT 1;
