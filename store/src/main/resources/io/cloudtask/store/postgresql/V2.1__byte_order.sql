-- Text is compared byte by byte, as SQLite does: ids begin with a time and are compared with it, and no setting of the
-- server may change what is in order. Key texts are never compared by the rules of a language.
DO $$
DECLARE
  c RECORD;
BEGIN
  FOR c IN
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = current_schema() AND data_type = 'text' AND table_name <> 'flyway_schema_history'
    ORDER BY table_name, column_name
  LOOP
    EXECUTE format('ALTER TABLE %I ALTER COLUMN %I TYPE text COLLATE "C"', c.table_name, c.column_name);
  END LOOP;
END
$$;

-- Rows that change often find room in their page. Packages are packed already.
ALTER TABLE agent SET (fillfactor = 50);
ALTER TABLE job_state SET (fillfactor = 50);
ALTER TABLE content_piece ALTER COLUMN data SET STORAGE EXTERNAL;
