package io.cloudtask.center.secrets;

import io.cloudtask.model.JobDefinition;
import java.util.function.BinaryOperator;

/** The sealed variables of a definition, each as {@code NAME=VALUE}. */
final class Variables {
  private Variables() {}

  /** The same job with other values for its secrets. */
  static JobDefinition replace(JobDefinition job, BinaryOperator<String> value) {
    return job.env().stream().noneMatch(Variables::isSealed)
        ? job
        : job.withEnv(
            job.env().stream()
                .map(entry -> isSealed(entry) ? other(entry, value) : entry)
                .toList());
  }

  private static boolean isSealed(String entry) {
    return Secrets.isSealed(entry.substring(entry.indexOf('=') + 1));
  }

  private static String other(String entry, BinaryOperator<String> value) {
    int equals = entry.indexOf('=');
    String name = entry.substring(0, equals);
    return name + '=' + value.apply(name, entry.substring(equals + 1));
  }
}
