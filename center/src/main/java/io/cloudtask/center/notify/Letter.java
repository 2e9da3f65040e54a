package io.cloudtask.center.notify;

import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.RuleRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told at once by one rule.
 *
 * @param id the same whenever the same letter is sent again
 * @param items at least one, oldest first
 */
record Letter(String id, RuleRow rule, List<Item> items) {
  /**
   * One thing that happened.
   *
   * @param job null when it happened to an agent, or the job is not known any more
   * @param host name of the host; "" when it does not matter
   * @param output the end of what the run wrote; ""
   * @param link to the page that says more; "" when nobody knows where the console is
   */
  record Item(NoticeRow notice, @Nullable Job job, String host, String output, String link) {}

  /** A job, as people know it. */
  record Job(String jobid, String runtime, String group, String name) {
    String words() {
      return runtime + "/" + group + "/" + name;
    }
  }

  Letter {
    items = List.copyOf(items);
  }
}
