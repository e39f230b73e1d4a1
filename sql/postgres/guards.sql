-- What stands around the tables on PostgreSQL; made anew after each migration.

-- Rows of the journal are added, never changed or deleted, not even by the role that owns them.
CREATE OR REPLACE FUNCTION journal_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of the journal are neither changed nor deleted' USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER IF EXISTS journal_is_kept ON journal;
CREATE TRIGGER journal_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION journal_is_kept();

-- Tells every node, when the transaction commits, that there is something new.
CREATE OR REPLACE FUNCTION journal_has_grown() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('nguon_journal', '');
  RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS journal_has_grown ON journal;
CREATE TRIGGER journal_has_grown AFTER INSERT ON journal
  FOR EACH STATEMENT EXECUTE FUNCTION journal_has_grown();
