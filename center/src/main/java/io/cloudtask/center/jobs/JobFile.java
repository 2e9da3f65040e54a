package io.cloudtask.center.jobs;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.Problem.FieldError;
import java.util.List;

/**
 * A job file that makes sense: the jobs of one group, each name once.
 *
 * @param jobs in the order of the file
 */
public record JobFile(String runtime, String group, List<JobDefinition> jobs) {
  /** What {@code group} is when the file does not say. */
  public static final String DEFAULT_GROUP = "default";

  public JobFile {
    jobs = List.copyOf(jobs);
  }

  /** What came of a text. */
  public sealed interface Read {
    /** A file. */
    record Valid(JobFile file) implements Read {}

    /** Every mistake, in the order of the text; never empty. */
    record Invalid(List<FieldError> errors) implements Read {}
  }
}
