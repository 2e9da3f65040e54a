package io.cloudtask.store;

import org.junit.jupiter.api.Nested;

/** Holds the SQLite store to every contract. */
class SqliteStoreTest {
  @Nested
  class OfTransactions extends TransactionContract implements OnSqlite {}

  @Nested
  class OfJobs extends JobsContract implements OnSqlite {}

  @Nested
  class OfAgents extends AgentsContract implements OnSqlite {}

  @Nested
  class OfAssignments extends AssignmentsContract implements OnSqlite {}

  @Nested
  class OfLeadership extends LeadershipContract implements OnSqlite {}

  @Nested
  class OfLeases extends LeaseContract implements OnSqlite {}

  @Nested
  class OfFences extends FenceContract implements OnSqlite {}

  @Nested
  class OfSoleJobs extends SoleContract implements OnSqlite {}

  @Nested
  class OfReturningAgents extends ReturnContract implements OnSqlite {}

  @Nested
  class OfSuccessors extends SuccessorContract implements OnSqlite {}

  @Nested
  class OfReports extends ReportsContract implements OnSqlite {}

  @Nested
  class OfRuns extends RunsContract implements OnSqlite {}

  @Nested
  class OfOverviews extends OverviewsContract implements OnSqlite {}

  @Nested
  class OfScope extends ScopeContract implements OnSqlite {}

  @Nested
  class OfTheLedger extends LedgerContract implements OnSqlite {}

  @Nested
  class OfOutputs extends OutputsContract implements OnSqlite {}

  @Nested
  class OfPackages extends PackagesContract implements OnSqlite {}

  @Nested
  class OfAccess extends AccessContract implements OnSqlite {}

  @Nested
  class OfTheOlderWire extends LegacyContract implements OnSqlite {}

  @Nested
  class OfNotifications extends NotificationsContract implements OnSqlite {}

  @Nested
  class OfRetention extends RetentionContract implements OnSqlite {}
}
