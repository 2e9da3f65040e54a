package io.cloudtask.agent.timetable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Which job is to be looked at when, each at one instant at the most. Not thread-safe. */
final class Agenda {
  private record Item(Instant at, String jobId) {}

  private final TreeSet<Item> items =
      new TreeSet<>(Comparator.comparing(Item::at).thenComparing(Item::jobId));
  private final Map<String, Item> byJob = new HashMap<>();

  /** Looks at a job then, and not when it was to be looked at before. */
  void put(String jobId, Instant at) {
    remove(jobId);
    Item item = new Item(at, jobId);
    items.add(item);
    byJob.put(jobId, item);
  }

  /** Looks at a job then, unless it is to be looked at earlier. */
  void sooner(String jobId, Instant at) {
    Item item = byJob.get(jobId);
    if (item == null || at.isBefore(item.at())) {
      put(jobId, at);
    }
  }

  void remove(String jobId) {
    Item item = byJob.remove(jobId);
    if (item != null) {
      items.remove(item);
    }
  }

  Optional<Instant> first() {
    return items.isEmpty() ? Optional.empty() : Optional.of(items.first().at());
  }

  /** Takes out the jobs to look at now, in order of time. */
  List<String> due(Instant now) {
    List<String> jobs = new ArrayList<>();
    while (!items.isEmpty() && !items.first().at().isAfter(now)) {
      Item item = items.removeFirst();
      byJob.remove(item.jobId());
      jobs.add(item.jobId());
    }
    return jobs;
  }
}
