-- version: of its program; "" when it does not say. load: of its host, per processor; NULL when nobody knows.
ALTER TABLE agent ADD COLUMN version TEXT NOT NULL DEFAULT '';
ALTER TABLE agent ADD COLUMN load DOUBLE PRECISION;
