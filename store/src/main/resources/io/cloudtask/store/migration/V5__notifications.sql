-- Who is told of what, what has happened, and what is to be sent.

-- "" in runtime, grp and jobid: any. kinds and targets are JSON arrays. managed: it comes from a configuration file.
CREATE TABLE rule (
  ruleid     TEXT    NOT NULL PRIMARY KEY,
  name       TEXT    NOT NULL,
  runtime    TEXT    NOT NULL,
  grp        TEXT    NOT NULL,
  jobid      TEXT    NOT NULL,
  kinds      TEXT    NOT NULL,
  channel    TEXT    NOT NULL,
  targets    TEXT    NOT NULL,
  template   TEXT    NOT NULL,
  secret     TEXT    NOT NULL,
  enabled    INTEGER NOT NULL,
  managed    INTEGER NOT NULL,
  createuser TEXT    NOT NULL,
  createat   BIGINT  NOT NULL
);

-- Written with what happened, in one transaction, when a rule may want it; gone when the leader has made notices of it.
CREATE TABLE event (
  id       TEXT   NOT NULL PRIMARY KEY,
  kind     TEXT   NOT NULL,
  happened BIGINT NOT NULL,
  jobid    TEXT   NOT NULL,
  runid    TEXT   NOT NULL,
  agentkey TEXT   NOT NULL,
  detail   TEXT   NOT NULL
) ${clustered};

-- topic: what is folded into one; times: how often it happened since. dueat: when it is to be sent (again).
CREATE TABLE notice (
  id       TEXT    NOT NULL PRIMARY KEY,
  ruleid   TEXT    NOT NULL,
  topic    TEXT    NOT NULL,
  kind     TEXT    NOT NULL,
  jobid    TEXT    NOT NULL,
  runid    TEXT    NOT NULL,
  agentkey TEXT    NOT NULL,
  detail   TEXT    NOT NULL,
  times    BIGINT  NOT NULL,
  firstat  BIGINT  NOT NULL,
  lastat   BIGINT  NOT NULL,
  state    TEXT    NOT NULL,
  dueat    BIGINT  NOT NULL,
  attempts INTEGER NOT NULL,
  error    TEXT    NOT NULL,
  sentat   BIGINT
) ${clustered};
CREATE INDEX notice_topic ON notice (ruleid, topic, id);
CREATE INDEX notice_due ON notice (dueat) WHERE state = 'WAITING';
