package io.cloudtask.store;

import org.junit.jupiter.api.Nested;

/** Holds the PostgreSQL store to every contract. */
class PostgresStoreTest {
  @Nested
  class OfTransactions extends TransactionContract implements OnPostgres {}

  @Nested
  class OfJobs extends JobsContract implements OnPostgres {}

  @Nested
  class OfAgents extends AgentsContract implements OnPostgres {}

  @Nested
  class OfAssignments extends AssignmentsContract implements OnPostgres {}

  @Nested
  class OfLeadership extends LeadershipContract implements OnPostgres {}

  @Nested
  class OfLeases extends LeaseContract implements OnPostgres {}

  @Nested
  class OfFences extends FenceContract implements OnPostgres {}

  @Nested
  class OfSoleJobs extends SoleContract implements OnPostgres {}

  @Nested
  class OfReturningAgents extends ReturnContract implements OnPostgres {}

  @Nested
  class OfSuccessors extends SuccessorContract implements OnPostgres {}

  @Nested
  class OfReports extends ReportsContract implements OnPostgres {}

  @Nested
  class OfRuns extends RunsContract implements OnPostgres {}

  @Nested
  class OfOverviews extends OverviewsContract implements OnPostgres {}

  @Nested
  class OfScope extends ScopeContract implements OnPostgres {}

  @Nested
  class OfTheLedger extends LedgerContract implements OnPostgres {}

  @Nested
  class OfOutputs extends OutputsContract implements OnPostgres {}

  @Nested
  class OfPackages extends PackagesContract implements OnPostgres {}

  @Nested
  class OfAccess extends AccessContract implements OnPostgres {}

  @Nested
  class OfTheOlderWire extends LegacyContract implements OnPostgres {}

  @Nested
  class OfNotifications extends NotificationsContract implements OnPostgres {}

  @Nested
  class OfRetention extends RetentionContract implements OnPostgres {}
}
