package io.cloudtask.agent.journal;

import io.cloudtask.model.exchange.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest durable facts that no center has committed, in memory: a reporter that keeps up needs
 * no file. Thread-safe.
 */
final class RecentFacts {
  /** How much of the journal it stands for at the most, in bytes of frames. */
  static final long MOST_BYTES = 8L << 20;

  /**
   * Those of one frame.
   *
   * @param facts at least one
   * @param bytes of the frame
   */
  private record Piece(List<Report> facts, long bytes) {
    long last() {
      return facts.getLast().sequence();
    }
  }

  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private long bytes;
  private long complete;

  /**
   * @param complete all facts after this sequence will be added
   */
  RecentFacts(long complete) {
    this.complete = complete;
  }

  /**
   * Takes the facts of a frame that is durable now.
   *
   * @param length of the frame, in bytes
   */
  synchronized void add(Frame frame, long length) {
    List<Report> facts = new ArrayList<>();
    Outbox.after(complete, frame, facts::add);
    if (facts.isEmpty()) {
      return;
    }
    pieces.add(new Piece(List.copyOf(facts), length));
    bytes += length;
    while (bytes > MOST_BYTES) {
      forgetFirst();
    }
  }

  /** A center has committed everything up to this sequence. */
  synchronized void acked(long sequence) {
    while (!pieces.isEmpty() && pieces.getFirst().last() <= sequence) {
      forgetFirst();
    }
  }

  /**
   * The facts after a sequence, in order; none when some of them may be in the file only.
   *
   * @param max how many at the most
   */
  synchronized Optional<List<Report>> after(long from, int max) {
    if (from < complete) {
      return Optional.empty();
    }
    List<Report> found =
        pieces.stream()
            .filter(piece -> piece.last() > from)
            .flatMap(piece -> piece.facts().stream())
            .filter(report -> report.sequence() > from)
            .limit(max)
            .toList();
    return Optional.of(found);
  }

  private void forgetFirst() {
    Piece first = pieces.removeFirst();
    bytes -= first.bytes();
    complete = first.last();
  }
}
