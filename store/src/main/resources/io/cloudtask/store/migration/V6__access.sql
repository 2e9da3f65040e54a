-- Who may sign in, and what they may do: grants are JSON arrays of {"role", "scope"}.

-- password: its hash as text that says how it was made; "" opens nothing. mustchange: somebody else has chosen it.
CREATE TABLE account (
  name        TEXT    NOT NULL PRIMARY KEY,
  displayname TEXT    NOT NULL,
  mail        TEXT    NOT NULL,
  password    TEXT    NOT NULL,
  grants      TEXT    NOT NULL,
  enabled     INTEGER NOT NULL,
  mustchange  INTEGER NOT NULL,
  createat    BIGINT  NOT NULL,
  seenat      BIGINT
);

-- sha256: of the random cookie, which is nowhere.
CREATE TABLE session (
  id       TEXT   NOT NULL PRIMARY KEY,
  sha256   TEXT   NOT NULL UNIQUE,
  account  TEXT   NOT NULL REFERENCES account (name),
  createat BIGINT NOT NULL,
  seenat   BIGINT NOT NULL,
  address  TEXT   NOT NULL,
  agent    TEXT   NOT NULL
);
CREATE INDEX session_account ON session (account);
CREATE INDEX session_age ON session (createat);

-- owner: an account, or "" for a token that belongs to the installation itself.
ALTER TABLE token RENAME TO formertoken;
CREATE TABLE token (
  id        TEXT   NOT NULL PRIMARY KEY,
  owner     TEXT   NOT NULL,
  name      TEXT   NOT NULL,
  sha256    TEXT   NOT NULL UNIQUE,
  grants    TEXT   NOT NULL,
  createat  BIGINT NOT NULL,
  expiresat BIGINT,
  usedat    BIGINT,
  UNIQUE (owner, name)
);
INSERT INTO token (id, owner, name, sha256, grants, createat)
SELECT SUBSTR(sha256, 1, 28), '', name, sha256,
  CASE roles WHEN '[]' THEN '[]' ELSE
    '[{"role":' || REPLACE(SUBSTR(roles, 2, LENGTH(roles) - 2), '","', '","scope":"' || scope || '"},{"role":"')
      || ',"scope":"' || scope || '"}]'
  END,
  createat
FROM formertoken;
DROP TABLE formertoken;

-- How often somebody has tried to sign in: as an account, or from an address, since the first try that still counts.
CREATE TABLE login (
  subject TEXT    NOT NULL PRIMARY KEY,
  sinceat BIGINT  NOT NULL,
  tries   INTEGER NOT NULL
);
CREATE INDEX login_age ON login (sinceat);
