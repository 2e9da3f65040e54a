-- What lists of jobs and runs are filtered by.
CREATE INDEX job_place ON job (runtime, grp);
CREATE INDEX run_agent ON run (agentkey, runid);
CREATE INDEX run_by_hand ON run (runid) WHERE cause IN ('CATCHUP', 'MANUAL', 'EXTERNAL');
