package io.cloudtask.store;

import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The repositories on one connection; they hold nothing, so they are made when asked for. */
record SqlTx(Session session) implements Tx {
  private Handle handle() {
    return session.handle();
  }

  @Override
  public Instant now() {
    return session.now();
  }

  @Override
  public Leadership leadership() {
    return new SqlLeadership(session);
  }

  @Override
  public Runtimes runtimes() {
    return new SqlRuntimes(session);
  }

  @Override
  public Jobs jobs() {
    return new SqlJobs(session);
  }

  @Override
  public Agents agents() {
    return new SqlAgents(session);
  }

  @Override
  public Assignments assignments() {
    return new SqlAssignments(session);
  }

  @Override
  public Reports reports() {
    return new SqlReports(session);
  }

  @Override
  public Claims claims() {
    return new SqlClaims(handle());
  }

  @Override
  public Runs runs() {
    return new SqlRuns(session);
  }

  @Override
  public Overviews overviews() {
    return new SqlOverviews(handle(), session);
  }

  @Override
  public Ledger ledger() {
    return new SqlLedger(session);
  }

  @Override
  public Outputs outputs() {
    return new SqlOutputs(handle());
  }

  @Override
  public Packages packages() {
    return new SqlPackages(handle());
  }

  @Override
  public Accounts accounts() {
    return new SqlAccounts(session);
  }

  @Override
  public Sessions sessions() {
    return new SqlSessions(handle());
  }

  @Override
  public Logins logins() {
    return new SqlLogins(handle());
  }

  @Override
  public Tokens tokens() {
    return new SqlTokens(handle());
  }

  @Override
  public Audit audit() {
    return new SqlAudit(handle());
  }

  @Override
  public Notifications notifications() {
    return new SqlNotifications(handle());
  }

  @Override
  public Requests requests() {
    return new SqlRequests(handle());
  }

  @Override
  public Legacy legacy() {
    return new SqlLegacy(session);
  }

  @Override
  public Retention retention() {
    return new SqlRetention(handle());
  }
}
