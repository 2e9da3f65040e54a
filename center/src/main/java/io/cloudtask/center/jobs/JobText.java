package io.cloudtask.center.jobs;

import io.cloudtask.center.packages.PackageName;
import io.cloudtask.model.Guarantee;
import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.Missed;
import io.cloudtask.model.Overlap;
import io.cloudtask.schedule.ScheduleDefinition;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one job of a file. */
final class JobText {
  static final List<String> KEYS =
      List.of(
          "name",
          "command",
          "package",
          "env",
          "timeout",
          "servers",
          "enabled",
          "overlap",
          "missed",
          "startdeadline",
          "guarantee",
          "ondisconnect",
          "timezone",
          "schedules",
          "description");

  static final String KEEP = "keep";

  private static final long LONGEST_TIMEOUT = 172_800;
  private static final long LONGEST_DISCONNECT = 86_400;
  private static final long LONGEST_DEADLINE = 30L * 86_400;
  private static final int LONGEST_COMMAND = 256 * 1024;
  private static final int LONGEST_DESCRIPTION = 16 * 1024;
  private static final int MAX_SERVERS = 200;

  private final String runtime;
  private final String group;
  private final Surroundings surroundings;
  private final Findings findings;

  JobText(String runtime, String group, Surroundings surroundings, Findings findings) {
    this.runtime = runtime;
    this.group = group;
    this.surroundings = surroundings;
    this.findings = findings;
  }

  /** The name of a job, without a finding when it has none. */
  Optional<String> name(Section.Item item) {
    return Section.of(item.value(), item.path(), KEYS, new Findings())
        .flatMap(section -> section.text("name"));
  }

  /** A job; what it returns counts only while nothing was found. */
  Optional<JobDefinition> read(Section.Item item) {
    return Section.of(item.value(), item.path(), KEYS, findings).map(this::job);
  }

  private JobDefinition job(Section job) {
    String name = named(job);
    String timezone = timezone(job);
    return new JobDefinition(
        runtime,
        group,
        name,
        command(job),
        filename(job),
        env(job, name),
        job.seconds("timeout", LONGEST_TIMEOUT).orElse(0),
        servers(job),
        job.flag("enabled").orElse(true),
        job.oneOf("overlap", Overlap.class).orElse(Overlap.SKIP),
        job.oneOf("missed", Missed.class).orElse(Missed.SKIP),
        job.seconds("startdeadline", LONGEST_DEADLINE).orElse(0),
        job.oneOf("guarantee", Guarantee.class).orElse(Guarantee.LEASED),
        onDisconnect(job),
        timezone,
        schedules(job, name, timezone),
        description(job));
  }

  /** {@code keep}, or a length of time. */
  private static @Nullable Integer onDisconnect(Section job) {
    return job.seconds("ondisconnect", KEEP, LONGEST_DISCONNECT).stream()
        .mapToObj(seconds -> (int) seconds)
        .findAny()
        .orElse(null);
  }

  private static String named(Section job) {
    if (!job.requires("name", "a name that is unique in its group")) {
      return "";
    }
    Optional<String> name = job.text("name");
    name.flatMap(Names::refusedJobName).ifPresent(reason -> job.wrong("name", reason));
    return name.orElse("");
  }

  private static String command(Section job) {
    if (!job.requires("command", "what the shell is to run")) {
      return "";
    }
    Optional<String> command = job.lines("command");
    if (command.isPresent() && command.get().isBlank()) {
      job.wrong("command", "is empty; write what the shell is to run");
    } else if (command.isPresent() && command.get().length() > LONGEST_COMMAND) {
      job.wrong("command", "is longer than 256 KiB; put the script into a package");
    }
    return command.orElse("");
  }

  private String filename(Section job) {
    Optional<String> name = job.text("package").filter(text -> !text.isEmpty());
    Optional<String> problem = name.flatMap(PackageName::problem);
    if (problem.isPresent()) {
      job.wrong("package", "the name of the package " + problem.get());
    } else if (name.isPresent() && !surroundings.packages().test(name.get())) {
      job.wrong(
          "package",
          "there is no package " + Words.quote(name.get()) + "; upload it first (package upload)");
    }
    return name.orElse("");
  }

  private List<String> servers(Section job) {
    List<String> servers = new ArrayList<>();
    for (Section.Item item : job.items("servers", false, MAX_SERVERS, "hosts")) {
      Optional<String> server = Values.text(item.value(), item.path(), findings);
      if (server.isPresent() && !Names.isHost(server.get())) {
        findings.add(
            item.path(),
            item.value().place(),
            Words.quote(server.get()) + " is no host name or address");
      } else if (server.isPresent() && servers.contains(server.get())) {
        findings.add(item.path(), item.value().place(), server.get() + " is named twice");
      }
      server.ifPresent(servers::add);
    }
    return servers;
  }

  private static String timezone(Section job) {
    Optional<String> zone = job.text("timezone").filter(text -> !text.isEmpty());
    if (zone.isPresent() && !Zones.exists(zone.get())) {
      job.wrong("timezone", () -> Zones.unknown(zone.get()));
      return "";
    }
    return zone.orElse("");
  }

  private List<String> env(Section job, String name) {
    JobDefinition before = surroundings.current().get(name);
    List<String> known = before == null ? List.of() : before.env();
    return EnvText.read(job, known, surroundings.sealing(), findings);
  }

  private List<ScheduleDefinition> schedules(Section job, String name, String timezone) {
    ZoneId zone = timezone.isEmpty() ? surroundings.zone() : ZoneId.of(timezone);
    JobDefinition before = surroundings.current().get(name);
    List<ScheduleDefinition> known = before == null ? List.of() : before.schedules();
    return new SchedulesText(surroundings.now(), zone, known, findings).read(job);
  }

  private static String description(Section job) {
    Optional<String> description = job.lines("description");
    if (description.isPresent() && description.get().length() > LONGEST_DESCRIPTION) {
      job.wrong("description", "is longer than 16 KiB");
    }
    return description.orElse("");
  }
}
