-- What the rules ask for beyond steps: who helps whom, letters and their answers, papers; reorganisations; the site's own values of rules.

-- other_id: another person of the register (the helper). detail: what the kind of fact says it is: a place, a name outside the register, a
-- ground. since_on: a second day (sharing the unit since). about: the fact of the same person that this one belongs to (the answer to a
-- letter). amount: a number (working days of an extension).
ALTER TABLE person_fact ADD COLUMN other_id BIGINT REFERENCES person(id);
ALTER TABLE person_fact ADD COLUMN detail TEXT;
ALTER TABLE person_fact ADD COLUMN since_on BIGINT;
ALTER TABLE person_fact ADD COLUMN about BIGINT;
ALTER TABLE person_fact ADD COLUMN amount BIGINT;
CREATE INDEX person_fact_other ON person_fact(other_id) WHERE other_id IS NOT NULL;

-- Who was ever in a unit: asked when it is merged, split or closed.
CREATE INDEX person_fact_place ON person_fact(unit_id, person_id) WHERE kind = 'unit';

-- A fact that corrects another and is withdrawn says that the other never was (an undone reorganisation).
ALTER TABLE unit_fact ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1));

-- from_on: the change counts only for clocks that start on or after that day; NULL: for all of them. block: the yearly block ("tet:2027") that
-- the day belongs to; NULL: none. A row of kind 'checked' says that the day as it stood was compared with the year's notice.
ALTER TABLE calendar_day ADD COLUMN from_on BIGINT;
ALTER TABLE calendar_day ADD COLUMN block TEXT;

-- Changes to several organisations under one decision. `undoes`: this one takes that one back.
CREATE TABLE reorg (
  id       BIGINT NOT NULL PRIMARY KEY,
  kind     TEXT   NOT NULL,
  on_day   BIGINT NOT NULL,
  paper_no TEXT,
  paper_on BIGINT,
  undoes   BIGINT REFERENCES reorg(id),
  entry_id BIGINT NOT NULL
) @STRICT@;

-- Which organisation lives on in which.
CREATE TABLE reorg_heir (
  reorg_id  BIGINT NOT NULL REFERENCES reorg(id),
  unit_id   BIGINT NOT NULL REFERENCES unit(id),
  heir_id   BIGINT NOT NULL REFERENCES unit(id),
  PRIMARY KEY (reorg_id, unit_id, heir_id)
) @CLUSTERED@;
CREATE INDEX reorg_heir_unit ON reorg_heir(unit_id);
CREATE INDEX reorg_heir_heir ON reorg_heir(heir_id);

-- A target that a reorganisation (reorg.id) carried over to an heir. Proved by `nguon verify`, like entry_id: a reference would point at a table
-- that is made later.
ALTER TABLE target ADD COLUMN reorg_id BIGINT;

-- The site's own value of a rule from a day on (to_on: the last day; NULL: no end), with its reason; the last row of a key and day holds.
CREATE TABLE rule_value (
  id       BIGINT NOT NULL PRIMARY KEY,
  key      TEXT   NOT NULL,
  value    TEXT   NOT NULL,
  from_on  BIGINT NOT NULL,
  to_on    BIGINT,
  reason   TEXT   NOT NULL,
  paper_no TEXT,
  entry_id BIGINT NOT NULL
) @STRICT@;
