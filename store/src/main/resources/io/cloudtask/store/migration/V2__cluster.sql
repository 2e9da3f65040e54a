-- Several centers, and agents that can be taken for dead.

-- autonomy is in seconds. A runtime that was removed keeps its row for the jobs that were in it.
ALTER TABLE runtime ADD COLUMN autonomy BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runtime ADD COLUMN deletedat BIGINT;

-- An agent that was fenced knows of it when it has acknowledged fencedrevision. skew is in milliseconds. autonomy: what
-- its newest set says, in seconds; autonomymost: the longest it may go by until it has acknowledged the revision
-- autonomysince.
ALTER TABLE agent ADD COLUMN leaseuntil BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN fencedat BIGINT;
ALTER TABLE agent ADD COLUMN fencedrevision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN draining INTEGER NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN skew BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN fit INTEGER NOT NULL DEFAULT 1;
ALTER TABLE agent ADD COLUMN autonomy BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN autonomymost BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent ADD COLUMN autonomysince BIGINT NOT NULL DEFAULT 0;

-- sole: its agent was told that it needs no lease for the job; solerevision: the revision of the set in which it
-- was told otherwise, so until it has acknowledged that one the span still counts as sole. fenced: ended without its
-- agent; settled: that agent has told all that it did in it.
ALTER TABLE assignment ADD COLUMN sole INTEGER NOT NULL DEFAULT 0;
ALTER TABLE assignment ADD COLUMN solerevision BIGINT NOT NULL DEFAULT 0;
ALTER TABLE assignment ADD COLUMN fenced INTEGER NOT NULL DEFAULT 0;
ALTER TABLE assignment ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX assignment_unsettled ON assignment (agentkey, jobid) WHERE fenced = 1 AND settled = 0;

-- What changes with every run, or every few seconds, in narrow rows of its own. fenceat: fire times up to it are
-- answered or were not due while nobody holds the job; the next assignment begins there. cursorat: those up to it are
-- answered by its agent.
CREATE TABLE job_state (
  jobid    TEXT    NOT NULL PRIMARY KEY REFERENCES job (jobid),
  laststat INTEGER NOT NULL,
  lasterr  TEXT    NOT NULL,
  fault    TEXT    NOT NULL,
  unplaced TEXT    NOT NULL,
  execat   BIGINT,
  nextat   BIGINT,
  fenceat  BIGINT  NOT NULL,
  cursorat BIGINT,
  heardat  BIGINT  NOT NULL,
  prunedto TEXT    NOT NULL
) ${clustered};
INSERT INTO job_state (jobid, laststat, lasterr, fault, unplaced, execat, nextat, fenceat, cursorat, heardat, prunedto)
SELECT jobid, laststat, lasterr, fault, unplaced, execat, nextat, fenceat, cursorat, heardat, prunedto FROM job;
ALTER TABLE job DROP COLUMN laststat;
ALTER TABLE job DROP COLUMN lasterr;
ALTER TABLE job DROP COLUMN fault;
ALTER TABLE job DROP COLUMN unplaced;
ALTER TABLE job DROP COLUMN execat;
ALTER TABLE job DROP COLUMN nextat;
ALTER TABLE job DROP COLUMN fenceat;
ALTER TABLE job DROP COLUMN cursorat;
ALTER TABLE job DROP COLUMN heardat;
ALTER TABLE job DROP COLUMN prunedto;

-- One row: who leads.
CREATE TABLE leader (
  id        INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  epoch     BIGINT  NOT NULL,
  centerkey TEXT    NOT NULL,
  since     BIGINT  NOT NULL
);

-- Fire times in (fromat, toat] of which nobody knows whether they ran; reason: what to say when that stays so. redoneat: up to which of them a successor has
-- seen to the guarantee of the job.
CREATE TABLE unsettled (
  jobid    TEXT   NOT NULL,
  span     BIGINT NOT NULL,
  agentkey TEXT   NOT NULL,
  fromat   BIGINT NOT NULL,
  toat     BIGINT NOT NULL,
  redoneat BIGINT NOT NULL,
  since    BIGINT NOT NULL,
  reason   TEXT   NOT NULL,
  PRIMARY KEY (jobid, span)
) ${clustered};
CREATE INDEX unsettled_age ON unsettled (since);

CREATE TABLE claim (
  jobid     TEXT   NOT NULL,
  fireat    BIGINT NOT NULL,
  agentkey  TEXT   NOT NULL,
  claimedat BIGINT NOT NULL,
  PRIMARY KEY (jobid, fireat)
) ${clustered};
CREATE INDEX claim_age ON claim (claimedat);

-- presumed: its end was written down without its agent, which may still tell the true one.
ALTER TABLE run ADD COLUMN presumed INTEGER NOT NULL DEFAULT 0;
