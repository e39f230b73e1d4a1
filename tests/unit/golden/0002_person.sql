CREATE TABLE person (
  unit_id  BIGINT NOT NULL REFERENCES unit(id),
  id       BIGINT NOT NULL UNIQUE,
  name     TEXT   NOT NULL,
  birth_on BIGINT,
  active   BIGINT NOT NULL CHECK (active IN (0, 1)),
  weight   BIGINT,
  entry_id BIGINT NOT NULL,
  PRIMARY KEY (unit_id, id)
) @CLUSTERED@;
