-- Times are milliseconds since 1970 (UTC), flags 0 or 1, JSON is text. The same file serves SQLite and
-- PostgreSQL; ${blob} and ${clustered} are the two words in which they differ.

CREATE TABLE runtime (
  name        TEXT   NOT NULL PRIMARY KEY,
  description TEXT   NOT NULL,
  servers     TEXT   NOT NULL,
  revision    BIGINT NOT NULL,
  createat    BIGINT NOT NULL
);

CREATE TABLE agent (
  agentkey     TEXT    NOT NULL PRIMARY KEY,
  runtime      TEXT    NOT NULL,
  hostname     TEXT    NOT NULL,
  ipaddr       TEXT    NOT NULL,
  node         TEXT    NOT NULL,
  incarnation  TEXT    NOT NULL,
  applied      BIGINT  NOT NULL,
  revision     BIGINT  NOT NULL,
  acknowledged BIGINT  NOT NULL,
  isonline     INTEGER NOT NULL,
  seenat       BIGINT  NOT NULL,
  capacity     INTEGER NOT NULL
);

-- A deleted job keeps its row, so that its history keeps its name; the name itself is free again.
CREATE TABLE job (
  jobid      TEXT    NOT NULL PRIMARY KEY,
  runtime    TEXT    NOT NULL REFERENCES runtime (name),
  grp        TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  enabled    INTEGER NOT NULL,
  filename   TEXT    NOT NULL,
  servers    TEXT    NOT NULL,
  version    BIGINT  NOT NULL,
  definition TEXT    NOT NULL,
  laststat   INTEGER NOT NULL,
  lasterr    TEXT    NOT NULL,
  fault      TEXT    NOT NULL,
  unplaced   TEXT    NOT NULL,
  execat     BIGINT,
  nextat     BIGINT,
  fenceat    BIGINT  NOT NULL,
  cursorat   BIGINT,
  heardat    BIGINT  NOT NULL,
  prunedto   TEXT    NOT NULL,
  createuser TEXT    NOT NULL,
  createat   BIGINT  NOT NULL,
  edituser   TEXT    NOT NULL,
  editat     BIGINT  NOT NULL,
  deletedat  BIGINT
);
CREATE UNIQUE INDEX job_name ON job (runtime, grp, name) WHERE deletedat IS NULL;
CREATE INDEX job_named ON job (name) WHERE deletedat IS NULL;
CREATE INDEX job_package ON job (filename) WHERE deletedat IS NULL AND filename <> '';

CREATE TABLE job_version (
  jobid      TEXT   NOT NULL REFERENCES job (jobid),
  version    BIGINT NOT NULL,
  filename   TEXT   NOT NULL,
  definition TEXT   NOT NULL,
  edituser   TEXT   NOT NULL,
  editat     BIGINT NOT NULL,
  PRIMARY KEY (jobid, version)
);

CREATE TABLE assignment (
  jobid      TEXT   NOT NULL REFERENCES job (jobid),
  span       BIGINT NOT NULL,
  agentkey   TEXT   NOT NULL REFERENCES agent (agentkey),
  version    BIGINT NOT NULL,
  fromat     BIGINT NOT NULL,
  assignedat BIGINT NOT NULL,
  recalledat BIGINT,
  untilat    BIGINT,
  PRIMARY KEY (jobid, span)
);
CREATE UNIQUE INDEX assignment_open ON assignment (jobid) WHERE untilat IS NULL;
CREATE INDEX assignment_agent ON assignment (agentkey) WHERE untilat IS NULL;

CREATE TABLE took (
  jobid       TEXT   NOT NULL,
  effectiveat BIGINT NOT NULL,
  version     BIGINT NOT NULL,
  span        BIGINT NOT NULL,
  zone        TEXT   NOT NULL,
  agentkey    TEXT   NOT NULL,
  PRIMARY KEY (jobid, effectiveat)
) ${clustered};

-- Run ids begin with their time, so that rows are added at the end of this tree and of its index.
CREATE TABLE run (
  runid     TEXT    NOT NULL PRIMARY KEY,
  jobid     TEXT    NOT NULL,
  version   BIGINT  NOT NULL,
  agentkey  TEXT    NOT NULL,
  state     TEXT    NOT NULL,
  cause     TEXT    NOT NULL,
  attempt   INTEGER NOT NULL,
  fireat    BIGINT,
  grantedat BIGINT  NOT NULL,
  startedat BIGINT,
  endedat   BIGINT,
  exitcode  INTEGER,
  signal    INTEGER,
  reason    TEXT    NOT NULL
) ${clustered};
CREATE INDEX run_job ON run (jobid, runid);
CREATE INDEX run_open ON run (jobid, runid) WHERE endedat IS NULL;
CREATE INDEX run_odd ON run (runid)
  WHERE state IN ('FAILED', 'TIMED_OUT', 'STOPPED', 'LOST', 'CANCELLED');

CREATE TABLE gap (
  jobid    TEXT   NOT NULL,
  firstat  BIGINT NOT NULL,
  lastat   BIGINT NOT NULL,
  version  BIGINT NOT NULL,
  instants BIGINT NOT NULL,
  reason   TEXT   NOT NULL,
  PRIMARY KEY (jobid, firstat)
) ${clustered};
CREATE INDEX gap_last ON gap (lastat);

-- What fits is inside the row; the rest is in pieces.
CREATE TABLE output (
  runid   TEXT   NOT NULL,
  stream  TEXT   NOT NULL,
  size    BIGINT NOT NULL,
  cutfrom BIGINT NOT NULL,
  cutto   BIGINT NOT NULL,
  data    ${blob},
  PRIMARY KEY (runid, stream)
);
CREATE TABLE output_piece (
  runid  TEXT    NOT NULL,
  stream TEXT    NOT NULL,
  piece  INTEGER NOT NULL,
  data   ${blob} NOT NULL,
  PRIMARY KEY (runid, stream, piece)
);

CREATE TABLE content (
  sha256   TEXT    NOT NULL PRIMARY KEY,
  size     BIGINT  NOT NULL,
  complete INTEGER NOT NULL,
  beganat  BIGINT  NOT NULL
);
CREATE TABLE content_piece (
  sha256 TEXT    NOT NULL REFERENCES content (sha256),
  piece  INTEGER NOT NULL,
  data   ${blob} NOT NULL,
  PRIMARY KEY (sha256, piece)
);
CREATE TABLE package (
  name       TEXT   NOT NULL PRIMARY KEY,
  sha256     TEXT   NOT NULL REFERENCES content (sha256),
  createuser TEXT   NOT NULL,
  createat   BIGINT NOT NULL
);
CREATE INDEX package_content ON package (sha256);

CREATE TABLE token (
  name     TEXT   NOT NULL PRIMARY KEY,
  sha256   TEXT   NOT NULL UNIQUE,
  roles    TEXT   NOT NULL,
  scope    TEXT   NOT NULL,
  createat BIGINT NOT NULL
);

CREATE TABLE audit (
  id     TEXT   NOT NULL PRIMARY KEY,
  doneat BIGINT NOT NULL,
  who    TEXT   NOT NULL,
  what   TEXT   NOT NULL,
  object TEXT   NOT NULL,
  detail TEXT   NOT NULL,
  origin TEXT   NOT NULL
) ${clustered};
CREATE INDEX audit_object ON audit (object, id);

CREATE TABLE request (
  requestkey TEXT   NOT NULL PRIMARY KEY,
  result     TEXT   NOT NULL,
  madeat     BIGINT NOT NULL
) ${clustered};
CREATE INDEX request_age ON request (madeat);

CREATE TABLE heard (
  msgid   TEXT   NOT NULL PRIMARY KEY,
  heardat BIGINT NOT NULL
) ${clustered};
CREATE INDEX heard_age ON heard (heardat);

-- How far work that is done a little at a time has come.
CREATE TABLE chore (
  name     TEXT NOT NULL PRIMARY KEY,
  position TEXT NOT NULL
);
