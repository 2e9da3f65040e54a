package io.cloudtask.center.exchange;

import static io.cloudtask.center.exchange.Checks.atLeast;
import static io.cloudtask.center.exchange.Checks.instant;
import static io.cloudtask.center.exchange.Checks.jobId;
import static io.cloudtask.center.exchange.Checks.optionalInstant;
import static io.cloudtask.center.exchange.Checks.present;
import static io.cloudtask.center.exchange.Checks.require;
import static io.cloudtask.center.exchange.Checks.runId;
import static io.cloudtask.center.exchange.Checks.text;

import io.cloudtask.model.exchange.ClaimRequest;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.LeaseRequest;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.exchange.RunOutput;
import io.cloudtask.model.wire.Node;
import java.util.List;

/**
 * Whether what an agent sent is well formed. A record that JSON filled may lack what its type
 * promises; nothing behind this class has to think of that. Every check throws {@link
 * io.cloudtask.center.http.RefusedException} naming the field.
 */
final class BatchCheck {
  private static final int MAX_REASON = 64 * 1024;
  private static final int MAX_NAME = 255;
  private static final int MAX_LOAD = 1_000_000;
  private static final int MAX_CLAIMS = 10_000;

  private BatchCheck() {}

  static void check(Hello hello) {
    text("incarnation", hello.incarnation(), MAX_NAME);
    require(!hello.incarnation().isBlank(), "incarnation", "is empty");
    atLeast("sequence", hello.sequence(), 0);
    Node node = present("node", hello.node());
    require(node.type() == Node.AGENT, "node.type", "is not 2, an agent");
    text("node.hostname", node.hostname(), MAX_NAME);
    text("node.datacenter", node.datacenter(), MAX_NAME);
    text("node.location", node.location(), MAX_NAME);
    text("node.os", node.os(), MAX_NAME);
    text("node.platform", node.platform(), MAX_NAME);
    text("node.ipaddr", node.ipaddr(), MAX_NAME);
    text("node.apiaddr", node.apiaddr(), MAX_NAME);
    if (hello.version() != null) {
      text("version", hello.version(), MAX_NAME);
    }
  }

  static void check(LeaseRequest request) {
    text("incarnation", request.incarnation(), MAX_NAME);
    atLeast("clock", request.clock(), 0);
    Double load = request.load();
    require(load == null || (load >= 0 && load <= MAX_LOAD), "load", "is not 0 to " + MAX_LOAD);
  }

  static void check(ClaimRequest request) {
    text("incarnation", request.incarnation(), MAX_NAME);
    require(request.claims().size() <= MAX_CLAIMS, "claims", "are more than " + MAX_CLAIMS);
    for (int i = 0; i < request.claims().size(); i++) {
      String at = "claims[" + i + ']';
      ClaimRequest.Claim claim = request.claims().get(i);
      jobId(at + ".jobid", claim.jobid());
      instant(at + ".fireat", claim.fireat());
    }
  }

  static void check(ReportBatch batch) {
    text("incarnation", batch.incarnation(), MAX_NAME);
    long before = 0;
    List<Report> reports = batch.reports();
    for (int i = 0; i < reports.size(); i++) {
      Report report = reports.get(i);
      String at = "reports[" + i + ']';
      require(report.sequence() > before, at + ".sequence", "is not greater than the one before");
      before = report.sequence();
      fact(at + ".fact", present(at + ".fact", report.fact()));
    }
    for (int i = 0; i < batch.outputs().size(); i++) {
      output("outputs[" + i + ']', batch.outputs().get(i));
    }
  }

  private static void fact(String at, Fact fact) {
    jobId(at + ".jobid", fact.jobid());
    switch (fact) {
      case Fact.Took took -> {
        atLeast(at + ".span", took.span(), 1);
        atLeast(at + ".version", took.version(), 1);
        instant(at + ".effective", took.effective());
        text(at + ".zone", took.zone(), MAX_NAME);
      }
      case Fact.Dropped dropped -> {
        atLeast(at + ".span", dropped.span(), 1);
        instant(at + ".at", dropped.at());
      }
      case Fact.Granted granted -> granted(at, granted);
      case Fact.Started started -> {
        runId(at + ".runid", started.runid());
        instant(at + ".startedat", started.startedat());
      }
      case Fact.Ended ended -> ended(at, ended);
      case Fact.Gap gap -> gap(at, gap);
      case Fact.Fault fault -> {
        atLeast(at + ".version", fault.version(), 1);
        text(at + ".reason", fault.reason(), MAX_REASON);
      }
    }
  }

  private static void granted(String at, Fact.Granted granted) {
    runId(at + ".runid", granted.runid());
    atLeast(at + ".version", granted.version(), 1);
    optionalInstant(at + ".fireat", granted.fireat());
    instant(at + ".grantedat", granted.grantedat());
    atLeast(at + ".attempt", granted.attempt(), 0);
    present(at + ".trigger", granted.trigger());
    optionalInstant(at + ".after", granted.after());
  }

  private static void ended(String at, Fact.Ended ended) {
    runId(at + ".runid", ended.runid());
    require(
        present(at + ".state", ended.state()).terminal(), at + ".state", "is not a terminal one");
    instant(at + ".endedat", ended.endedat());
    text(at + ".reason", ended.reason(), MAX_REASON);
  }

  private static void gap(String at, Fact.Gap gap) {
    atLeast(at + ".version", gap.version(), 1);
    instant(at + ".first", gap.first());
    instant(at + ".last", gap.last());
    require(!gap.last().isBefore(gap.first()), at + ".last", "is before the first");
    atLeast(at + ".count", gap.count(), 1);
    present(at + ".reason", gap.reason());
    instant(at + ".after", gap.after());
  }

  private static void output(String at, RunOutput output) {
    runId(at + ".runid", output.runid());
    stream(at + ".stream", output.stream());
    sizes(at, output.size(), output.cutfrom(), output.cutto());
    byte[] data = output.data();
    require(
        data == null || data.length == kept(output.size(), output.cutfrom(), output.cutto()),
        at + ".data",
        "has another length than size and cut say");
  }

  private static void stream(String field, String stream) {
    require(
        RunOutput.STDOUT.equals(stream) || RunOutput.STDERR.equals(stream),
        field,
        "is not stdout or stderr");
  }

  /** The size of a stream, and what was dropped of it: [cutfrom, cutto), empty for nothing. */
  static void sizes(String at, long size, long cutfrom, long cutto) {
    String prefix = at.isEmpty() ? "" : at + '.';
    atLeast(prefix + "size", size, 0);
    atLeast(prefix + "cutfrom", cutfrom, 0);
    require(cutto <= size, prefix + "cutto", "is greater than the size");
    require(cutfrom <= cutto, prefix + "cutfrom", "is greater than cutto");
  }

  /** How many bytes are kept of a stream. */
  static long kept(long size, long cutfrom, long cutto) {
    return size - (cutto - cutfrom);
  }
}
