-- Accounts: who may do what is journalled like every other fact; how somebody proves who they are is not. Read with docs/databases.md.

CREATE TABLE account (
  id        BIGINT NOT NULL PRIMARY KEY,
  login     TEXT   NOT NULL UNIQUE,
  name      TEXT   NOT NULL,
  closed_on BIGINT,
  entry_id  BIGINT NOT NULL
) @STRICT@;

-- A role in a subtree (unit_id NULL: everywhere) and for a time (to_on: the last day; NULL: no end).
CREATE TABLE account_role (
  id         BIGINT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account(id),
  role       TEXT   NOT NULL,
  unit_id    BIGINT REFERENCES unit(id),
  from_on    BIGINT NOT NULL,
  to_on      BIGINT,
  entry_id   BIGINT NOT NULL
) @STRICT@;
CREATE INDEX account_role_account ON account_role(account_id);

-- What the installation demands of its users, such as the roles that need a second factor.
CREATE TABLE policy (
  key      TEXT   NOT NULL PRIMARY KEY,
  value    TEXT   NOT NULL,
  entry_id BIGINT NOT NULL
) @STRICT@;

-- ---- not journalled from here on ----

-- Passwords as Argon2id strings, one-time codes as hashes, the secret of the second factor sealed with the key of the installation.
-- totp_step: the last time step whose code was used, so that no code works twice; totp_new: a secret that is not confirmed yet.
CREATE TABLE credential (
  account_id    BIGINT NOT NULL PRIMARY KEY REFERENCES account(id),
  password      TEXT,
  must_change   BIGINT NOT NULL CHECK (must_change IN (0, 1)),
  code          TEXT,
  code_until_us BIGINT NOT NULL,
  totp          TEXT,
  totp_new      TEXT,
  totp_step     BIGINT NOT NULL
) @STRICT@;

CREATE TABLE session (
  id         BIGINT NOT NULL PRIMARY KEY,
  secret     TEXT   NOT NULL UNIQUE,
  account_id BIGINT NOT NULL REFERENCES account(id),
  began_us   BIGINT NOT NULL,
  seen_us    BIGINT NOT NULL,
  address    TEXT   NOT NULL,
  agent      TEXT   NOT NULL
) @STRICT@;
CREATE INDEX session_account ON session(account_id);

CREATE TABLE token (
  id         BIGINT NOT NULL PRIMARY KEY,
  secret     TEXT   NOT NULL UNIQUE,
  account_id BIGINT NOT NULL REFERENCES account(id),
  name       TEXT   NOT NULL,
  scope      TEXT   NOT NULL,
  made_us    BIGINT NOT NULL,
  used_us    BIGINT NOT NULL,
  until_us   BIGINT NOT NULL
) @STRICT@;
CREATE INDEX token_account ON token(account_id);

-- Failed proofs by login ("login:lan", also of logins that do not exist) and by address ("from:192.0.2.7").
CREATE TABLE attempt (
  key      TEXT   NOT NULL PRIMARY KEY,
  failures BIGINT NOT NULL,
  since_us BIGINT NOT NULL,
  last_us  BIGINT NOT NULL,
  until_us BIGINT NOT NULL
) @STRICT@;
CREATE INDEX attempt_last ON attempt(last_us);

-- Forms that were answered: the same form sent twice does one thing. entry is 0 where the operation found nothing to change.
CREATE TABLE once (
  account_id BIGINT NOT NULL,
  key        TEXT   NOT NULL,
  at_us      BIGINT NOT NULL,
  entry      BIGINT NOT NULL,
  entity_id  BIGINT NOT NULL,
  PRIMARY KEY (account_id, key)
) @CLUSTERED@;
CREATE INDEX once_at ON once(at_us);
