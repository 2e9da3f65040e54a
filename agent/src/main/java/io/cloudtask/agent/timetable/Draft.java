package io.cloudtask.agent.timetable;

import io.cloudtask.agent.journal.Entry;
import io.cloudtask.agent.journal.Gaps;
import io.cloudtask.agent.journal.OpenRun;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.Fact;
import java.util.ArrayList;
import java.util.List;

/** Effects that are being collected. Not thread-safe. */
final class Draft {
  private final List<Entry> records = new ArrayList<>();
  private final List<RunOrder> starts = new ArrayList<>();
  private final List<StopOrder> stops = new ArrayList<>();
  private final List<AssignedJob> prepares = new ArrayList<>();
  private final List<ClaimOrder> claims = new ArrayList<>();

  void record(Entry entry) {
    records.add(entry);
  }

  /** Records a fact; a gap that touches the one before grows it. */
  void fact(Fact fact) {
    if (fact instanceof Fact.Gap gap
        && !records.isEmpty()
        && records.getLast() instanceof Entry.Happened(Fact.Gap before)
        && Gaps.touch(before, gap)) {
      records.set(records.size() - 1, new Entry.Happened(Gaps.join(before, gap)));
    } else {
      records.add(new Entry.Happened(fact));
    }
  }

  void start(OpenRun run) {
    starts.add(new RunOrder(run));
  }

  void stop(StopOrder order) {
    stops.add(order);
    records.add(new Entry.Stopping(order.runid(), order.as(), order.reason()));
  }

  void prepare(AssignedJob job) {
    prepares.add(job);
  }

  void claim(ClaimOrder order) {
    claims.add(order);
  }

  Effects effects() {
    return new Effects(records, starts, stops, prepares, claims);
  }
}
