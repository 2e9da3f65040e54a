package io.cloudtask.store;

import org.jdbi.v3.core.Handle;

/** The repositories on one connection; they hold nothing, so they are made when asked for. */
record SqlTx(Handle handle) implements Tx {
  @Override
  public Runtimes runtimes() {
    return new SqlRuntimes(handle);
  }

  @Override
  public Jobs jobs() {
    return new SqlJobs(handle);
  }

  @Override
  public Agents agents() {
    return new SqlAgents(handle);
  }

  @Override
  public Assignments assignments() {
    return new SqlAssignments(handle);
  }

  @Override
  public Reports reports() {
    return new SqlReports(handle);
  }

  @Override
  public Runs runs() {
    return new SqlRuns(handle);
  }

  @Override
  public Ledger ledger() {
    return new SqlLedger(handle);
  }

  @Override
  public Outputs outputs() {
    return new SqlOutputs(handle);
  }

  @Override
  public Packages packages() {
    return new SqlPackages(handle);
  }

  @Override
  public Tokens tokens() {
    return new SqlTokens(handle);
  }

  @Override
  public Audit audit() {
    return new SqlAudit(handle);
  }

  @Override
  public Requests requests() {
    return new SqlRequests(handle);
  }

  @Override
  public Legacy legacy() {
    return new SqlLegacy(handle);
  }

  @Override
  public Retention retention() {
    return new SqlRetention(handle);
  }
}
