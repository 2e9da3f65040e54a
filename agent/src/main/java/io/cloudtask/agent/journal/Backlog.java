package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Fact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is not on the disk yet and must come there, in order. While the disk refuses, gaps of a job
 * that touch grow together, so that a day without space costs a few records. Not thread-safe.
 */
final class Backlog {
  private record Place(List<Entry> batch, int index) {}

  private final List<List<Entry>> batches = new ArrayList<>();
  private final Map<String, Place> lastGaps = new HashMap<>();

  boolean isEmpty() {
    return batches.isEmpty();
  }

  void add(List<Entry> entries) {
    List<Entry> batch = new ArrayList<>();
    for (Entry entry : entries) {
      if (!(entry instanceof Entry.Happened(Fact.Gap gap))) {
        settled(entry);
        batch.add(entry);
      } else if (!grow(gap)) {
        lastGaps.put(gap.jobid(), new Place(batch, batch.size()));
        batch.add(entry);
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
  }

  /** All of it; a batch is never torn. */
  List<Entry> entries() {
    return batches.stream().flatMap(List::stream).toList();
  }

  void clear() {
    batches.clear();
    lastGaps.clear();
  }

  private boolean grow(Fact.Gap gap) {
    Place place = lastGaps.get(gap.jobid());
    if (place == null
        || !(place.batch().get(place.index()) instanceof Entry.Happened(Fact.Gap before))
        || !Gaps.touch(before, gap)) {
      return false;
    }
    place.batch().set(place.index(), new Entry.Happened(Gaps.join(before, gap)));
    return true;
  }

  private void settled(Entry entry) {
    Fact fact = entry.fact();
    if (fact != null && !(fact instanceof Fact.Ended)) {
      lastGaps.remove(fact.jobid());
    }
  }
}
