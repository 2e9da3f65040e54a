package io.cloudtask.center.runs;

import io.cloudtask.model.rest.LedgerItem;
import io.cloudtask.model.rest.Page;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.rest.WhyView.Verdict;
import io.cloudtask.model.run.Answer;
import io.cloudtask.model.run.RunState;
import io.cloudtask.store.GapRow;
import io.cloudtask.store.JobRow;
import io.cloudtask.store.Overviews;
import io.cloudtask.store.RunSearch;
import io.cloudtask.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads the ledger of a job: what became of its due instants, newest first. */
public final class LedgerReader {
  private static final int MOST_OPEN = 1000;
  private static final int SINGLE = 20;
  private static final int MOST_FUTURE = 50;

  /**
   * Which part of it.
   *
   * @param from the oldest instant
   * @param to the end, itself not included
   * @param limit of items
   */
  public record Span(Instant from, Instant to, int limit) {}

  private final Tx tx;
  private final JobRow job;
  private final Span span;
  private final JobSchedule schedule;
  private final List<LedgerItem> items = new ArrayList<>();
  private final Set<Instant> ran = new HashSet<>();
  private final List<GapRow> gaps = new ArrayList<>();

  private LedgerReader(Tx tx, JobRow job, Span span, JobSchedule schedule) {
    this.tx = tx;
    this.job = job;
    this.span = span;
    this.schedule = schedule;
  }

  /**
   * A part of the ledger; {@code next} is where the part before it ends, for {@code to}.
   *
   * @param schedule of the job as it is, which decides about what nobody has answered yet
   */
  public static Page<LedgerItem> read(
      Tx tx, JobRow job, Span span, JobSchedule schedule, Instant now) {
    return new LedgerReader(tx, job, span, schedule).page(now);
  }

  private Page<LedgerItem> page(Instant now) {
    runs();
    gaps();
    open(now);
    future(now);
    items.sort(Comparator.comparing(LedgerReader::time).reversed());
    if (items.size() <= span.limit()) {
      return new Page<>(List.copyOf(items), null);
    }
    List<LedgerItem> shown = List.copyOf(items.subList(0, span.limit()));
    return new Page<>(shown, time(shown.getLast()).toString());
  }

  private static Instant time(LedgerItem item) {
    return Objects.requireNonNull(item.at() == null ? item.to() : item.at());
  }

  private void runs() {
    RunSearch search = RunSearch.of(job.jobid(), span.from(), span.to(), span.limit() + 1);
    List<RunView> attempts = new ArrayList<>(tx.runs().search(search).items());
    attempts.sort(Comparator.comparingInt(RunView::attempt).reversed());
    for (RunView run : attempts) {
      Instant fire = run.fireat();
      if (fire != null && ran.add(fire)) {
        boolean cancelled = run.state() == RunState.CANCELLED;
        items.add(
            new LedgerItem(
                fire,
                null,
                null,
                1,
                cancelled ? Verdict.SKIPPED : Verdict.RAN,
                run.runid(),
                run.state(),
                run.reason().isEmpty() ? null : run.reason()));
      }
    }
  }

  private void gaps() {
    for (Overviews.Gap gap :
        tx.overviews()
            .gaps(RunSearch.About.job(job.jobid()), span.from(), span.to(), span.limit() + 1)) {
      GapRow row = gap.row();
      gaps.add(row);
      if (!row.last().equals(span.to())) {
        boolean skipped = row.reason().answer() == Answer.SKIPPED;
        String reason = row.reason().name().toLowerCase(Locale.ROOT);
        items.add(
            many(
                row.first(),
                row.last(),
                row.count(),
                skipped ? Verdict.SKIPPED : Verdict.MISSED,
                reason));
      }
    }
  }

  private static LedgerItem many(
      Instant first, Instant last, long count, Verdict verdict, String reason) {
    boolean one = first.equals(last);
    return new LedgerItem(
        one ? first : null,
        one ? null : first,
        one ? null : last,
        count,
        verdict,
        null,
        null,
        reason.isEmpty() ? null : reason);
  }

  /** What is due by now and has no answer yet. */
  private void open(Instant now) {
    Instant cursor = tx.ledger().cursor(job.jobid()).orElse(job.createat());
    Instant after = cursor.isBefore(span.from()) ? span.from().minusMillis(1) : cursor;
    Instant end = now.isBefore(span.to()) ? now : span.to();
    List<Instant> open = new ArrayList<>();
    Optional<Instant> due = schedule.due().next(after);
    while (due.isPresent() && !due.get().isAfter(end) && open.size() < MOST_OPEN) {
      Instant at = due.get();
      if (!ran.contains(at) && gaps.stream().noneMatch(gap -> covers(gap, at))) {
        open.add(at);
      }
      due = schedule.due().next(at);
    }
    if (open.size() > SINGLE) {
      items.add(many(open.getFirst(), open.getLast(), open.size(), Verdict.UNKNOWN, ""));
    } else {
      open.forEach(at -> items.add(many(at, at, 1, Verdict.UNKNOWN, "")));
    }
  }

  private static boolean covers(GapRow gap, Instant at) {
    return !at.isBefore(gap.first()) && !at.isAfter(gap.last());
  }

  private void future(Instant now) {
    Instant begin = now.isBefore(span.from()) ? span.from() : now;
    if (span.to().isAfter(begin)) {
      schedule.next(begin, MOST_FUTURE).stream()
          .filter(at -> at.isBefore(span.to()))
          .forEach(at -> items.add(many(at, at, 1, Verdict.FUTURE, "")));
    }
  }
}
