package io.cloudtask.center;

import io.cloudtask.model.Guarantee;
import io.cloudtask.model.Ids;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.model.exchange.Fact;
import io.cloudtask.model.exchange.Hello;
import io.cloudtask.model.exchange.Report;
import io.cloudtask.model.exchange.ReportBatch;
import io.cloudtask.model.notify.EventKind;
import io.cloudtask.model.run.RunState;
import io.cloudtask.model.run.Trigger;
import io.cloudtask.model.wire.Node;
import io.cloudtask.store.EventRow;
import io.cloudtask.store.Jobs;
import io.cloudtask.store.NoticeRow;
import io.cloudtask.store.PackageFiles;
import io.cloudtask.store.RuleRow;
import io.cloudtask.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Objects of different people. All words of others have "foreign" in them. */
final class Places {
  static final Place OWN =
      new Place("shop", "tills", "509794cc-3539-4f58-a4d3-cc02a4f48401", "till-host");
  static final Place OTHER_GROUP = new Place("shop", "foreign", OWN.agentkey, OWN.host);
  static final Place OTHER_RUNTIME =
      new Place("foreign", "tills", "509794cc-3539-4f58-a4d3-cc02a4f48402", "foreign-host");

  private static final Instant NOW = RunningCenter.NOW;

  private final Store store;
  private final Map<String, Long> sequences = new HashMap<>();
  private int made;

  Places(Store store) {
    this.store = store;
    store.execute(tx -> {
      for (Place place : List.of(OWN, OTHER_RUNTIME)) {
        tx.runtimes().create(place.runtime, place.runtime + " hosts", List.of(), NOW);
        tx.agents().hello(place.agentkey, new Hello("one", 0, 0, place.node()), 9, false, NOW);
      }
    });
  }

  /** Where objects are. */
  record Place(String runtime, String group, String agentkey, String host) {
    /** Whether its agents are others than the own. */
    boolean ofAgents() {
      return !agentkey.equals(OWN.agentkey);
    }

    private Node node() {
      return new Node(
          Node.AGENT,
          host,
          "",
          runtime,
          "linux",
          "amd64",
          "10.0.0." + host.length(),
          "http://127.0.0.1:1",
          7,
          true,
          1,
          1,
          null);
    }
  }

  /** One of everything. */
  record Objects(
      Place place, String name, String jobid, String runid, String ruleid, String filename) {
    /** The path of a route with these objects in its places. */
    String path(String template) {
      String path =
          template
              .replace("{ref}", jobid)
              .replace("{jobid}", jobid)
              .replace("{runid}", runid)
              .replace("{ruleid}", ruleid)
              .replace("{filename}", filename)
              .replace("{key}", place.agentkey)
              .replace("{runtime}", place.runtime)
              .replace("{server}", place.host)
              .replace("{stream}", "stdout")
              .replace("{n}", "1");
      if (path.contains("{")) {
        throw new AssertionError("nobody has said what stands in the places of " + template);
      }
      return switch (path) {
        case "/api/v1/search" -> path + "?text=e";
        case "/api/v1/export" -> path + "?runtime=" + place.runtime;
        default -> path.endsWith("/why") ? path + "?at=2026-06-15T19:59:00Z" : path;
      };
    }

    /** A body that a route takes. */
    String body(String route) {
      if (route.endsWith("/clone")) {
        return "{\"name\":\"copy of " + name + "\"}";
      }
      if (route.endsWith("/revert")) {
        return "{\"version\":1}";
      }
      if (route.equals("PUT /api/v1/jobs/{ref}")) {
        return form(place);
      }
      return route.equals("PUT /api/v1/notifications/rules/{ruleid}") ? rule(place, "") : "";
    }

    /** The job as a form has it, somewhere. */
    String form(Place where) {
      return "{\"name\":\"%s\",\"runtime\":\"%s\",\"group\":\"%s\",\"command\":\"true\"}"
          .formatted(name, where.runtime, where.group);
    }

    /** A rule about a group, or about a job when it is named. */
    String rule(Place where, String job) {
      return """
      {"name":"a rule","runtime":"%s","group":"%s","jobid":"%s","kinds":["failed"],
       "channel":"mail","targets":["a@example.org"]}
      """
          .formatted(where.runtime, where.group, job);
    }

    /** What nobody else may hear of it. */
    Set<String> words() {
      Set<String> words = new HashSet<>(Set.of(name, jobid, runid, ruleid, filename));
      words.add("foreign");
      if (place.ofAgents()) {
        words.add(place.agentkey);
      }
      return words;
    }
  }

  /** Makes one of everything: a job with a run and a package, and a rule with a notice. */
  Objects make(Place place) {
    made++;
    String name = place.equals(OWN) ? "job-" + made : "foreign-job-" + made;
    String jobid = Ids.newJobId(NOW);
    Instant due = NOW.minusSeconds(60);
    String runid = Ids.scheduledRunId(jobid, due, 1);
    Objects objects = new Objects(place, name, jobid, runid, "rule-of-" + name, name + ".tgz");
    upload(objects.filename);
    store.execute(tx -> {
      Jobs.Written written = tx.jobs().create(jobid, definition(place, objects), "root", NOW);
      if (!(written instanceof Jobs.Written.Done)) {
        throw new AssertionError(written);
      }
      tx.agents()
          .hello(place.agentkey, new Hello("one", sequence(place), 0, place.node()), 9, false, NOW);
      tx.reports().apply(place.agentkey, batch(place, objects, due), NOW);
      RuleRow rule = rule(place, objects.ruleid);
      tx.notifications().save(rule);
      EventRow event = new EventRow(EventKind.FAILED, NOW, jobid, runid, place.agentkey, name);
      tx.notifications().save(NoticeRow.of(rule.ruleid(), event, NOW.plusSeconds(9999), NOW));
    });
    return objects;
  }

  private long sequence(Place place) {
    return sequences.getOrDefault(place.agentkey, 0L);
  }

  private ReportBatch batch(Place place, Objects objects, Instant due) {
    List<Fact> facts =
        List.of(
            new Fact.Granted(
                objects.jobid, objects.runid, 1, due, due, 1, Trigger.SCHEDULE, false, due),
            new Fact.Started(objects.jobid, objects.runid, due, 4711),
            new Fact.Ended(
                objects.jobid, objects.runid, RunState.SUCCEEDED, 0, null, due.plusSeconds(1), ""));
    List<Report> reports =
        facts.stream()
            .map(fact -> new Report(sequences.merge(place.agentkey, 1L, Long::sum), fact))
            .toList();
    return new ReportBatch("one", reports, List.of());
  }

  private void upload(String filename) {
    try {
      Path file = Files.createTempFile("package", ".tgz");
      new PackageFiles(store).put(filename, Files.writeString(file, filename), "root", NOW);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuleRow rule(Place place, String ruleid) {
    return new RuleRow(
        ruleid,
        ruleid,
        new RuleRow.About(place.runtime, place.group, ""),
        Set.of(EventKind.FAILED),
        new RuleRow.Way(RuleRow.Channel.MAIL, List.of("a@example.org"), "", ""),
        true,
        false,
        "root",
        NOW);
  }

  private static JobDefinition definition(Place place, Objects objects) {
    return new JobDefinition(
        place.runtime,
        place.group,
        objects.name,
        "true",
        objects.filename,
        List.of(),
        0,
        List.of(),
        true,
        Overlap.SKIP,
        Missed.SKIP,
        0,
        Guarantee.LEASED,
        null,
        "",
        List.of(),
        "");
  }
}
