package io.cloudtask.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Copies what a run printed, byte by byte as it was, part after part. Nothing is held in memory but
 * one buffer; a part that the agent had to drop is told on standard error, where it was.
 */
final class OutputReader {
  /** Seconds that a request waits for more, by the contract of the API. */
  private static final int WAIT_SECONDS = 20;

  private final Session session;

  OutputReader(Session session) {
    this.session = session;
  }

  /** Copies until the end of the run ({@code follow}), or else until what there is now. */
  void copy(String run, String stream, boolean follow) throws Failure {
    String path = "/api/v1/runs/" + Api.segment(run) + "/output/" + stream;
    long from = 0;
    boolean more = true;
    while (more) {
      String query = "?from=" + from + (follow ? "&wait=" + WAIT_SECONDS : "");
      long next;
      boolean ended;
      try (Exchange.Answer answer = session.api().open(path + query)) {
        long copied = copy(answer.body(), Cut.of(answer, from));
        next = answer.header("Cloudtask-Next").map(Long::valueOf).orElse(from + copied);
        ended = "true".equals(answer.header("Cloudtask-End").orElse("true"));
      }
      more = !ended && (follow || next > from) && !session.world().out().checkError();
      from = next;
    }
  }

  /** Bytes that were dropped: {@code at} counts from the start of this answer. */
  private record Cut(long at, long dropped) {
    static Optional<Cut> of(Exchange.Answer answer, long from) {
      String header = answer.header("Cloudtask-Cut").orElse("");
      int dash = header.indexOf('-');
      if (dash <= 0) {
        return Optional.empty();
      }
      long first = Long.parseLong(header.substring(0, dash).strip());
      long to = Long.parseLong(header.substring(dash + 1).strip());
      return to > Math.max(first, from)
          ? Optional.of(new Cut(Math.max(0, first - from), to - first))
          : Optional.empty();
    }
  }

  private long copy(InputStream body, Optional<Cut> cut) throws Failure {
    PrintStream out = session.world().out();
    byte[] buffer = new byte[64 * 1024];
    long copied = 0;
    boolean told = cut.isEmpty();
    try {
      for (; ; ) {
        long room = told ? buffer.length : Math.min(buffer.length, cut.get().at() - copied);
        if (room == 0) {
          tell(cut.get());
          told = true;
          continue;
        }
        int read = body.read(buffer, 0, (int) room);
        if (read < 0) {
          break;
        }
        out.write(buffer, 0, read);
        copied += read;
      }
    } catch (IOException e) {
      throw session.api().broken(e);
    }
    out.flush();
    return copied;
  }

  private void tell(Cut cut) {
    session.world().out().flush();
    session
        .world()
        .err()
        .println("[" + Text.size(cut.dropped()) + " dropped here: over the limit]");
  }
}
