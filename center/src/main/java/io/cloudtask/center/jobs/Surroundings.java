package io.cloudtask.center.jobs;

import io.cloudtask.center.secrets.Sealing;
import io.cloudtask.model.JobDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a job file is judged against.
 *
 * @param now its date is the first day of a new schedule that names none
 * @param zone of schedules and jobs that name none
 * @param runtimes that exist; a file that names none means the only one
 * @param packages whether a package of that name exists
 * @param sealing how secrets get into a definition
 * @param current the jobs of the file's group as they are, by name
 */
public record Surroundings(
    Instant now,
    ZoneId zone,
    List<String> runtimes,
    Predicate<String> packages,
    Sealing sealing,
    Map<String, JobDefinition> current) {
  public Surroundings {
    runtimes = List.copyOf(runtimes);
    current = Map.copyOf(current);
  }
}
