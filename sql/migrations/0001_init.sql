-- The schema. Read with docs/databases.md; the words @STRICT@ and @CLUSTERED@ and the type BIGINT are replaced for each engine.
--
-- Days are whole numbers, days since 1970-01-01; instants are microseconds since then, UTC. Text is UTF-8 in NFC. Facts are only ever
-- added: what looks like a change is a new row that names the old one. `entry_id` is the journal entry that brought the row. It is
-- no foreign key: the entry is written after the rows that it names, and a deferred key makes SQLite search every table, without an index,
-- at each entry. That the entry is there is proved by `nguon verify`.

-- The proof: one row for each committed operation, chained by hash (see store/journal.h).
CREATE TABLE journal (
  id        BIGINT NOT NULL PRIMARY KEY,
  at_us     BIGINT NOT NULL,
  actor     TEXT   NOT NULL,
  op        TEXT   NOT NULL,
  entity    TEXT   NOT NULL,
  entity_id BIGINT NOT NULL,
  input     TEXT   NOT NULL,
  prev_hash TEXT   NOT NULL,
  hash      TEXT   NOT NULL
) @STRICT@;

CREATE TABLE unit (
  id       BIGINT NOT NULL PRIMARY KEY,
  code     TEXT   NOT NULL UNIQUE,
  entry_id BIGINT NOT NULL
) @STRICT@;

CREATE TABLE unit_fact (
  unit_id     BIGINT NOT NULL REFERENCES unit(id),
  seq         BIGINT NOT NULL,
  kind        TEXT   NOT NULL,
  from_on     BIGINT NOT NULL,
  value       TEXT,
  ref_unit_id BIGINT REFERENCES unit(id),
  paper_no    TEXT,
  paper_on    BIGINT,
  corrects    BIGINT,
  entry_id    BIGINT NOT NULL,
  PRIMARY KEY (unit_id, seq)
) @CLUSTERED@;

-- The card of a person: what lists need, derived from person_fact by the operation that adds the fact. Clustered by unit, because
-- lists are read by unit.
CREATE TABLE person (
  unit_id   BIGINT NOT NULL REFERENCES unit(id),
  id        BIGINT NOT NULL UNIQUE,
  name      TEXT   NOT NULL,
  name_fold TEXT   NOT NULL,
  name_key  TEXT   NOT NULL,
  birth_on  BIGINT,
  sex       TEXT,
  id_number TEXT,
  last_seq  BIGINT NOT NULL,
  entry_id  BIGINT NOT NULL,
  PRIMARY KEY (unit_id, id)
) @CLUSTERED@;
CREATE UNIQUE INDEX person_id_number ON person(id_number) WHERE id_number IS NOT NULL;
CREATE INDEX person_name_fold ON person(name_fold, birth_on);

CREATE TABLE class (
  id       BIGINT NOT NULL PRIMARY KEY,
  code     TEXT   NOT NULL UNIQUE,
  unit_id  BIGINT NOT NULL REFERENCES unit(id),
  kind     TEXT   NOT NULL,
  name     TEXT   NOT NULL,
  from_on  BIGINT NOT NULL,
  to_on    BIGINT NOT NULL,
  entry_id BIGINT NOT NULL
) @STRICT@;

CREATE TABLE person_fact (
  person_id BIGINT NOT NULL REFERENCES person(id),
  seq       BIGINT NOT NULL,
  kind      TEXT   NOT NULL,
  on_day    BIGINT,
  unit_id   BIGINT NOT NULL REFERENCES unit(id),
  value     TEXT,
  class_id  BIGINT REFERENCES class(id),
  paper_no  TEXT,
  paper_on  BIGINT,
  signer    TEXT,
  corrects  BIGINT,
  withdrawn BIGINT NOT NULL CHECK (withdrawn IN (0, 1)),
  entry_id  BIGINT NOT NULL,
  PRIMARY KEY (person_id, seq)
) @CLUSTERED@;

CREATE TABLE vote (
  person_id     BIGINT NOT NULL,
  seq           BIGINT NOT NULL,
  members       BIGINT NOT NULL,
  away          BIGINT NOT NULL,
  exempt_absent BIGINT NOT NULL,
  suspended     BIGINT NOT NULL,
  yes           BIGINT NOT NULL,
  no            BIGINT NOT NULL,
  PRIMARY KEY (person_id, seq),
  FOREIGN KEY (person_id, seq) REFERENCES person_fact(person_id, seq)
) @CLUSTERED@;

CREATE TABLE target (
  id         BIGINT NOT NULL PRIMARY KEY,
  unit_id    BIGINT NOT NULL REFERENCES unit(id),
  indicator  TEXT   NOT NULL,
  kind       TEXT   NOT NULL,
  from_on    BIGINT NOT NULL,
  to_on      BIGINT NOT NULL,
  low_milli  BIGINT NOT NULL,
  high_milli BIGINT,
  at_least   BIGINT NOT NULL CHECK (at_least IN (0, 1)),
  decided_on BIGINT,
  paper_no   TEXT,
  replaces   BIGINT REFERENCES target(id),
  entry_id   BIGINT NOT NULL
) @STRICT@;

CREATE INDEX target_unit ON target(unit_id);

-- The user's own changes to the working calendar; the last row of a day holds. What the program ships is not in here.
CREATE TABLE calendar_day (
  on_day   BIGINT NOT NULL,
  entry_id BIGINT NOT NULL,
  kind     TEXT   NOT NULL,
  note     TEXT,
  PRIMARY KEY (on_day, entry_id)
) @CLUSTERED@;

-- Facts about this installation: its name. Not journalled.
CREATE TABLE setting (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) @STRICT@;
