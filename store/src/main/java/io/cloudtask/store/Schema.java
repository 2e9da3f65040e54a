package io.cloudtask.store;

import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** The tables, and the steps that lead from those of an older program to those of this one. */
final class Schema {
  private Schema() {}

  /**
   * Brings the tables up to date.
   *
   * @param name of the database, for people
   * @param dialect the words in which databases differ
   * @param locations of the steps
   * @throws StoreException when a newer program made them
   */
  static void migrate(
      DataSource source, String name, Map<String, String> dialect, String... locations) {
    Flyway flyway =
        Flyway.configure()
            .dataSource(source)
            .locations(locations)
            .placeholders(dialect)
            .loggers("slf4j")
            .load();
    Arrays.stream(flyway.info().applied())
        .filter(Schema::fromTheFuture)
        .findFirst()
        .ifPresent(step -> {
          throw new StoreException(
              ("the store %s was written by a newer program (its tables are at version %s, \"%s\");"
                      + " use that program, or restore a backup from before the upgrade")
                  .formatted(name, step.getVersion(), step.getDescription()));
        });
    flyway.migrate();
  }

  private static boolean fromTheFuture(MigrationInfo step) {
    return step.getState() == MigrationState.FUTURE_SUCCESS
        || step.getState() == MigrationState.FUTURE_FAILED;
  }
}
