package io.cloudtask.center.events;

import io.cloudtask.store.Overviews.Marks;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What an event is about. */
enum Topic {
  JOBS,
  RUNS,
  AGENTS,
  RUNTIMES,
  PACKAGES,
  AUDIT;

  /** As viewers know it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What has changed between two looks. Pure. */
  static Set<Topic> between(Marks before, Marks after) {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    if (before.jobs() != after.jobs()) {
      topics.add(JOBS);
      topics.add(RUNTIMES);
    }
    if (before.reported() != after.reported()) {
      topics.add(RUNS);
      topics.add(JOBS);
    }
    if (before.agents() != after.agents()) {
      topics.add(AGENTS);
    }
    if (before.packages() != after.packages()) {
      topics.add(PACKAGES);
    }
    if (!before.audit().equals(after.audit())) {
      topics.add(AUDIT);
    }
    return topics;
  }
}
