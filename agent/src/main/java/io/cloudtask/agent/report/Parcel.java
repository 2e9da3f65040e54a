package io.cloudtask.agent.report;

import io.cloudtask.agent.process.KeptOutput;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.RunOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch that is being put together: facts, small outputs beside them, and the large ones that
 * must be with the center before. Not thread-safe.
 */
final class Parcel {
  /** Longest output that travels with the facts, in bytes. */
  static final int INLINE = 32 * 1024;

  private static final int FULL = 1024 * 1024;
  private static final List<String> STREAMS = List.of(RunOutput.STDOUT, RunOutput.STDERR);

  /** An output that travels on its own. */
  record Large(RunOutput output, KeptOutput kept) {}

  private final List<Report> reports = new ArrayList<>();
  private final List<RunOutput> outputs = new ArrayList<>();
  private final List<Large> large = new ArrayList<>();
  private final List<String> ended = new ArrayList<>();
  private int bytes;

  /** As many of the facts as fit, at least one. */
  static Parcel of(List<Report> facts, RunOutputs files) {
    Parcel parcel = new Parcel();
    for (Report report : facts) {
      if (parcel.bytes >= FULL) {
        break;
      }
      parcel.add(report, files);
    }
    return parcel;
  }

  List<Report> reports() {
    return reports;
  }

  List<RunOutput> outputs() {
    return outputs;
  }

  List<Large> large() {
    return large;
  }

  /** The runs that end with it. */
  List<String> ended() {
    return ended;
  }

  private void add(Report report, RunOutputs files) {
    if (!(report.fact() instanceof Fact.Ended end)) {
      reports.add(report);
      return;
    }
    ended.add(end.runid());
    String unreadable = "";
    for (String stream : STREAMS) {
      try {
        add(end.runid(), stream, files.finished(end.runid(), stream));
      } catch (IOException e) {
        unreadable = "its " + stream + " could not be read: " + e.getMessage();
        outputs.add(new RunOutput(end.runid(), stream, 0, 0, 0, new byte[0]));
      }
    }
    reports.add(
        unreadable.isEmpty() ? report : new Report(report.sequence(), also(end, unreadable)));
  }

  private void add(String runId, String stream, KeptOutput kept) throws IOException {
    long from = kept.cut().from();
    long to = kept.cut().to();
    if (kept.length() > INLINE) {
      kept.open().close(); // What can't be read must be found out here, not halfway to the center.
      large.add(new Large(new RunOutput(runId, stream, kept.size(), from, to, null), kept));
      outputs.add(new RunOutput(runId, stream, kept.size(), from, to, null));
      return;
    }
    byte[] data = read(kept);
    outputs.add(new RunOutput(runId, stream, kept.size(), from, to, data));
    bytes += data.length;
  }

  private static byte[] read(KeptOutput kept) throws IOException {
    if (kept.length() == 0) {
      return new byte[0];
    }
    try (InputStream in = kept.open()) {
      byte[] data = in.readAllBytes();
      if (data.length != kept.length()) {
        throw new IOException("it ends after " + data.length + " of " + kept.length() + " bytes");
      }
      return data;
    }
  }

  private static Fact.Ended also(Fact.Ended end, String reason) {
    return new Fact.Ended(
        end.jobid(),
        end.runid(),
        end.state(),
        end.exitcode(),
        end.signal(),
        end.endedat(),
        end.reason().isEmpty() ? reason : end.reason() + "; " + reason);
  }
}
