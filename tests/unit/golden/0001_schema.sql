-- A small schema for the tests of tools/sqlgen.
CREATE TABLE journal (
  id    BIGINT NOT NULL PRIMARY KEY,
  input TEXT   NOT NULL
) @STRICT@;

CREATE TABLE unit (
  id        BIGINT NOT NULL PRIMARY KEY,
  code      TEXT   NOT NULL UNIQUE,
  parent_id BIGINT REFERENCES unit(id),
  closed_on BIGINT,
  entry_id  BIGINT NOT NULL REFERENCES journal(id)
) @STRICT@;
