package io.cloudtask.center.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.model.JobDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the variables of a job, above all of the secret ones. */
final class EnvTextTest {
  private static final Secrets SECRETS = new Secrets("token of a cluster");

  private static JobFile.Read read(String env, Map<String, JobDefinition> current) {
    Surroundings plain = Files.surroundings();
    Surroundings surroundings =
        new Surroundings(
            plain.now(), plain.zone(), plain.runtimes(), plain.packages(), SECRETS, current);
    String file = "runtime: local\njobs:\n- name: a\n  command: 'true'\n  env: " + env + "\n";
    return JobFileText.of(file).judge(surroundings);
  }

  private static JobDefinition job(String env, Map<String, JobDefinition> current) {
    return switch (read(env, current)) {
      case JobFile.Read.Valid(JobFile file) -> file.jobs().getFirst();
      case JobFile.Read.Invalid(var errors) -> throw new AssertionError(errors);
    };
  }

  private static JobDefinition job(String env) {
    return job(env, Map.of());
  }

  private static JobDefinition changed(JobDefinition before, String env) {
    return job(env, Map.of("a", before));
  }

  private static List<String> opened(JobDefinition job) {
    return SECRETS.opened(job).env();
  }

  @Test
  void a_secret_is_sealed_and_the_others_are_not() {
    JobDefinition job = job("{PLAIN: x, KEY: {value: hidden, secret: true}}");
    assertThat(job.env().getFirst()).isEqualTo("PLAIN=x");
    assertThat(job.toString()).doesNotContain("hidden");
    assertThat(opened(job)).containsExactly("PLAIN=x", "KEY=hidden");
    assertThat(Secrets.masked(job).env()).containsExactly("PLAIN=x", "KEY=(secret)");
  }

  @Test
  void the_same_value_again_changes_nothing_and_another_one_does() {
    JobDefinition job = job("{KEY: {value: hidden, secret: true}}");
    assertThat(changed(job, "{KEY: {value: hidden, secret: true}}")).isEqualTo(job);
    JobDefinition other = changed(job, "{KEY: {value: other, secret: true}}");
    assertThat(opened(other)).containsExactly("KEY=other");
    assertThat(Differences.of(job, other).toString())
        .contains("(secret)", "(another secret)")
        .doesNotContain("hidden", "other,");
  }

  @Test
  void a_placeholder_or_no_value_keeps_the_old_one() {
    JobDefinition job = job("{KEY: {value: hidden, secret: true}}");
    assertThat(changed(job, "['KEY=(secret)']")).isEqualTo(job);
    assertThat(changed(job, "{KEY: {secret: true}}")).isEqualTo(job);
    assertThat(changed(job, "{KEY: (secret)}")).isEqualTo(job);
    String exported =
        JobFileYaml.write(new JobFile("local", "default", List.of(Secrets.masked(job))));
    assertThat(exported).contains("secret: true").doesNotContain("hidden", "(secret)");
  }

  @Test
  void what_was_secret_stays_secret_until_it_is_said_otherwise() {
    JobDefinition job = job("{KEY: {value: hidden, secret: true}}");
    JobDefinition next = changed(job, "['KEY=next']");
    assertThat(next.toString()).doesNotContain("next");
    assertThat(opened(next)).containsExactly("KEY=next");
    JobDefinition plain = changed(job, "{KEY: {value: shown, secret: false}}");
    assertThat(plain.env()).containsExactly("KEY=shown");
  }

  @Test
  void a_placeholder_without_a_secret_and_a_sealed_value_are_refused() {
    JobDefinition job = job("{KEY: {value: hidden, secret: true}}");
    String sealed = job.env().getFirst().substring("KEY=".length());
    for (String env :
        List.of(
            "{KEY: {secret: true}}",
            "['KEY=(secret)']",
            "{KEY: {value: (secret), secret: true}}",
            "{KEY: '" + sealed + "'}",
            "{KEY: {value: x, secret: true, more: 1}}")) {
      assertThat(read(env, Map.of())).as(env).isInstanceOf(JobFile.Read.Invalid.class);
    }
    assertThat(read("{KEY: {secret: false}}", Map.of("a", job)))
        .isInstanceOf(JobFile.Read.Invalid.class);
  }
}
