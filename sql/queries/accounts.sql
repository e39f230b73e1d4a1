-- Accounts, their roles, and how people prove who they are.

-- name: account_insert :exec
-- in: id i64, login text, name text, entry entry_id
INSERT INTO account(id, login, name, closed_on, entry_id) VALUES ($1, $2, $3, NULL, $4);

-- name: account_by_login :one
-- in: login text
-- out: id i64, login text, name text, closed_on day?
SELECT id, login, name, closed_on FROM account WHERE login = $1;

-- name: account_get :one
-- in: id i64
-- out: id i64, login text, name text, closed_on day?
SELECT id, login, name, closed_on FROM account WHERE id = $1;

-- name: accounts_all :many
-- out: id i64, login text, name text, closed_on day?
SELECT id, login, name, closed_on FROM account ORDER BY login;

-- name: account_set_closed :exec
-- in: id i64, closed_on day?, entry entry_id
UPDATE account SET closed_on = $2, entry_id = $3 WHERE id = $1;

-- name: account_touch :exec
-- in: id i64, entry entry_id
UPDATE account SET entry_id = $2 WHERE id = $1;

-- name: grant_insert :exec
-- in: id i64, account i64, role text, unit unit_id?, from day, to day?, entry entry_id
INSERT INTO account_role(id, account_id, role, unit_id, from_on, to_on, entry_id) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: grant_end :exec
-- in: id i64, to day, entry entry_id
UPDATE account_role SET to_on = $2, entry_id = $3 WHERE id = $1;

-- name: grant_get :one
-- in: id i64
-- out: id i64, account_id i64, role text, unit_id unit_id?, from_on day, to_on day?
SELECT id, account_id, role, unit_id, from_on, to_on FROM account_role WHERE id = $1;

-- name: grants_of :many
-- in: account i64
-- out: id i64, role text, unit_id unit_id?, from_on day, to_on day?
SELECT id, role, unit_id, from_on, to_on FROM account_role WHERE account_id = $1 ORDER BY id;

-- name: grants_all :many
-- out: id i64, account_id i64, role text, unit_id unit_id?, from_on day, to_on day?
SELECT id, account_id, role, unit_id, from_on, to_on FROM account_role ORDER BY account_id, id;

-- Everybody who holds the role everywhere, or will: accounts that are not closed.
-- name: grants_everywhere :many
-- in: role text
-- out: id i64, account_id i64, from_on day, to_on day?
SELECT account_role.id AS id, account_id, from_on, to_on FROM account_role JOIN account ON account.id = account_id
WHERE role = $1 AND unit_id IS NULL AND closed_on IS NULL ORDER BY account_role.id;

-- name: policy_put :exec
-- in: key text, value text, entry entry_id
INSERT INTO policy(key, value, entry_id) VALUES ($1, $2, $3) ON CONFLICT (key) DO UPDATE SET value = $2, entry_id = $3;

-- name: policy_get :one
-- in: key text
-- out: value text
SELECT value FROM policy WHERE key = $1;

-- ---- proofs ----

-- name: credential_get :one
-- in: account i64
-- out: password text?, must_change bool, code text?, code_until_us i64, totp text?, totp_new text?, totp_step i64
SELECT password, must_change, code, code_until_us, totp, totp_new, totp_step FROM credential WHERE account_id = $1;

-- name: credential_put :exec
-- in: account i64, password text?, must_change bool, code text?, code_until_us i64, totp text?, totp_new text?, totp_step i64
INSERT INTO credential(account_id, password, must_change, code, code_until_us, totp, totp_new, totp_step)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (account_id) DO UPDATE SET password = $2, must_change = $3, code = $4, code_until_us = $5, totp = $6, totp_new = $7, totp_step = $8;

-- name: totp_accounts :many
-- out: account_id i64
SELECT account_id FROM credential WHERE totp IS NOT NULL ORDER BY account_id;

-- name: session_insert :exec
-- in: secret text, account i64, began_us i64, seen_us i64, address text, agent text
INSERT INTO session(id, secret, account_id, began_us, seen_us, address, agent)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM session), $1, $2, $3, $4, $5, $6);

-- name: session_by_secret :one
-- in: secret text
-- out: id i64, account_id i64, began_us i64, seen_us i64, address text, agent text
SELECT id, account_id, began_us, seen_us, address, agent FROM session WHERE secret = $1;

-- A session with what every request asks about whose it is.
-- name: session_user :one
-- in: secret text
-- out: id i64, account_id i64, began_us i64, seen_us i64, address text, agent text, login text, name text, closed_on day?, must_change i64?, totp text?, totp_roles text?
SELECT s.id, s.account_id, s.began_us, s.seen_us, s.address, s.agent, a.login, a.name, a.closed_on, c.must_change, c.totp, p.value AS totp_roles
FROM session s JOIN account a ON a.id = s.account_id LEFT JOIN credential c ON c.account_id = s.account_id
LEFT JOIN policy p ON p.key = 'totp_roles' WHERE s.secret = $1;

-- name: sessions_of :many
-- in: account i64
-- out: id i64, secret text, began_us i64, seen_us i64, address text, agent text
SELECT id, secret, began_us, seen_us, address, agent FROM session WHERE account_id = $1 ORDER BY seen_us DESC, id DESC;

-- name: sessions_last :many
-- out: account_id i64, seen_us i64?
SELECT account_id, max(seen_us) AS seen_us FROM session GROUP BY account_id ORDER BY account_id;

-- name: session_see :exec
-- in: secret text, seen_us i64
UPDATE session SET seen_us = $2 WHERE secret = $1;

-- name: session_drop :exec
-- in: secret text
DELETE FROM session WHERE secret = $1;

-- name: session_drop_id :exec
-- in: account i64, id i64
DELETE FROM session WHERE account_id = $1 AND id = $2;

-- All but one; "" keeps none.
-- name: session_drop_others :exec
-- in: account i64, secret text
DELETE FROM session WHERE account_id = $1 AND secret <> $2;

-- name: session_drop_but :exec
-- in: account i64, id i64
DELETE FROM session WHERE account_id = $1 AND id <> $2;

-- name: session_drop_old :exec
-- in: began_before_us i64, seen_before_us i64
DELETE FROM session WHERE began_us < $1 OR seen_us < $2;

-- name: token_insert :exec
-- in: secret text, account i64, name text, scope text, made_us i64, until_us i64
INSERT INTO token(id, secret, account_id, name, scope, made_us, used_us, until_us)
VALUES ((SELECT coalesce(max(id), 0) + 1 FROM token), $1, $2, $3, $4, $5, 0, $6);

-- name: token_by_secret :one
-- in: secret text
-- out: id i64, account_id i64, scope text, used_us i64, until_us i64
SELECT id, account_id, scope, used_us, until_us FROM token WHERE secret = $1;

-- name: tokens_of :many
-- in: account i64
-- out: id i64, name text, scope text, made_us i64, used_us i64, until_us i64
SELECT id, name, scope, made_us, used_us, until_us FROM token WHERE account_id = $1 ORDER BY id;

-- name: token_use :exec
-- in: id i64, used_us i64
UPDATE token SET used_us = $2 WHERE id = $1;

-- name: token_drop :exec
-- in: account i64, id i64
DELETE FROM token WHERE account_id = $1 AND id = $2;

-- name: tokens_drop_all :exec
-- in: account i64
DELETE FROM token WHERE account_id = $1;

-- name: tokens_drop_old :exec
-- in: until_before_us i64
DELETE FROM token WHERE until_us < $1;

-- name: attempt_get :one
-- in: key text
-- out: failures i64, since_us i64, until_us i64
SELECT failures, since_us, until_us FROM attempt WHERE key = $1;

-- name: attempt_put :exec
-- in: key text, failures i64, since_us i64, last_us i64, until_us i64
INSERT INTO attempt(key, failures, since_us, last_us, until_us) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (key) DO UPDATE SET failures = $2, since_us = $3, last_us = $4, until_us = $5;

-- name: attempt_drop :exec
-- in: key text
DELETE FROM attempt WHERE key = $1;

-- name: attempt_drop_old :exec
-- in: last_before_us i64
DELETE FROM attempt WHERE last_us < $1;

-- ---- forms ----

-- name: once_get :one
-- in: account i64, key text
-- out: entry i64, entity_id i64
SELECT entry, entity_id FROM once WHERE account_id = $1 AND key = $2;

-- name: once_insert :exec
-- in: account i64, key text, at_us i64, entry i64, entity_id i64
INSERT INTO once(account_id, key, at_us, entry, entity_id) VALUES ($1, $2, $3, $4, $5);

-- name: once_drop_old :later
-- in: before_us i64
DELETE FROM once WHERE at_us < $1;

-- name: setting_drop :exec
-- in: key text
DELETE FROM setting WHERE key = $1;
