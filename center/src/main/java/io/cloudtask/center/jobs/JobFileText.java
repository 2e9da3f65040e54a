package io.cloudtask.center.jobs;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.rest.Problem.FieldError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text of a job file, read once; judged as often as its surroundings change. Not thread-safe.
 */
public final class JobFileText {
  /** Most jobs in one file. */
  static final int MAX_JOBS = 10_000;

  private static final List<String> KEYS = List.of("runtime", "group", "jobs");

  private final Optional<Located> root;
  private final List<FieldError> syntax;

  private JobFileText(Optional<Located> root, Findings findings) {
    this.root = root;
    this.syntax = findings.list();
  }

  /** Reads YAML 1.2 or JSON. */
  public static JobFileText of(String text) {
    Findings findings = new Findings();
    return new JobFileText(Trees.read(text, findings), findings);
  }

  /** The runtime that the text names; empty when it names none, or no text. */
  public Optional<String> runtime() {
    return scalar("runtime");
  }

  /** The group that the text means. */
  public String group() {
    return scalar("group").orElse(JobFile.DEFAULT_GROUP);
  }

  private Optional<String> scalar(String key) {
    Findings unheard = new Findings();
    return root.flatMap(value -> Section.of(value, "", KEYS, unheard))
        .flatMap(section -> section.text(key));
  }

  /** Turns the text into definitions, or into everything that is wrong with it. Pure. */
  public JobFile.Read judge(Surroundings surroundings) {
    Findings findings = new Findings();
    syntax.forEach(e -> findings.add(e.path(), new Place(e.line(), e.column()), e.message()));
    Optional<JobFile> file =
        root.flatMap(value -> Section.of(value, "", KEYS, findings))
            .map(section -> file(section, surroundings, findings));
    return file.isPresent() && findings.none()
        ? new JobFile.Read.Valid(file.get())
        : new JobFile.Read.Invalid(findings.list());
  }

  private static JobFile file(Section section, Surroundings surroundings, Findings findings) {
    String runtime = runtime(section, surroundings);
    String group = section.text("group").orElse(JobFile.DEFAULT_GROUP);
    if (!Names.isPlain(group)) {
      section.wrong("group", Words.quote(group) + " is no name of a group; " + Names.PLAIN_RULE);
    }
    List<JobDefinition> jobs = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    if (section.requires("jobs", "a list of jobs")) {
      List<Section.Item> items = section.items("jobs", false);
      if (items.size() > MAX_JOBS) {
        section.wrong("jobs", "has more than " + MAX_JOBS + " jobs; split the file");
        items = items.subList(0, MAX_JOBS);
      }
      JobText reader = new JobText(runtime, group, surroundings, findings);
      for (Section.Item item : items) {
        reader.read(item).ifPresent(jobs::add);
        reader.name(item).ifPresent(name -> checkTwice(name, item, lines, findings));
      }
    }
    return new JobFile(runtime, group, jobs);
  }

  private static void checkTwice(
      String name, Section.Item item, Map<String, Integer> lines, Findings findings) {
    Integer first = lines.putIfAbsent(name, item.value().place().line());
    if (first != null) {
      findings.add(
          item.path() + ".name",
          item.value().place(),
          Words.quote(name)
              + " is the name of the job in line "
              + first
              + " already; a name is unique in its group");
    }
  }

  private static String runtime(Section section, Surroundings surroundings) {
    List<String> known = surroundings.runtimes();
    if (!section.has("runtime") && known.size() == 1) {
      return known.getFirst();
    }
    if (!section.requires("runtime", "the name of one: " + String.join(", ", known))) {
      return "";
    }
    Optional<String> runtime = section.text("runtime");
    if (runtime.isPresent() && !known.contains(runtime.get())) {
      section.wrong(
          "runtime",
          "there is no runtime "
              + Words.quote(runtime.get())
              + "; "
              + Words.instead(runtime.get(), known));
    }
    return runtime.orElse("");
  }
}
