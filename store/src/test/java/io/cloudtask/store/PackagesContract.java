package io.cloudtask.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.model.exchange.PackageRef;
import io.cloudtask.model.rest.PackageView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

abstract class PackagesContract extends StoreContract {
  private final byte[] bytes = new byte[5_000_001];

  private Path file() throws IOException {
    new Random(7).nextBytes(bytes);
    return Files.write(folder.resolve("upload"), bytes);
  }

  private byte[] copy(String sha256, long from, long to) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PackageFiles(store).copy(sha256, from, to, out);
    return out.toByteArray();
  }

  private PackageFiles.Stored put(String name) throws IOException {
    return new PackageFiles(store).put(name, file(), "ann", NOW);
  }

  @Test
  void a_package_reads_back_whole_and_in_parts() throws IOException {
    PackageView view = ((PackageFiles.Stored.Done) put("a.tgz")).view();
    reopen();

    assertThat(view.size()).isEqualTo(bytes.length);
    assertThat(packages().find(Scope.EVERYTHING, "a.tgz")).contains(view);
    assertThat(copy(view.sha256(), 0, bytes.length)).isEqualTo(bytes);
    assertThat(copy(view.sha256(), 300_000, 900_000))
        .isEqualTo(Arrays.copyOfRange(bytes, 300_000, 900_000));
    assertThat(copy(view.sha256(), 5, 5)).isEmpty();
    assertThatThrownBy(() -> copy(view.sha256(), 0, bytes.length + 1))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> copy("0".repeat(64), 0, 1)).isInstanceOf(StoreException.class);
  }

  @Test
  void a_name_is_given_once_but_a_content_may_have_several() throws IOException {
    PackageView first = ((PackageFiles.Stored.Done) put("a.tgz")).view();

    assertThat(put("a.tgz")).isEqualTo(new PackageFiles.Stored.NameTaken(first));
    PackageView second = ((PackageFiles.Stored.Done) put("b.tgz")).view();
    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(packages().list(Scope.EVERYTHING))
        .extracting(PackageView::name)
        .containsExactly("a.tgz", "b.tgz");
  }

  @Test
  void an_unfinished_upload_is_not_seen_and_can_be_repeated() throws IOException {
    PackageView view = ((PackageFiles.Stored.Done) put("a.tgz")).view();
    store.close();
    store = open(folder.resolve("other"), clock);
    packages().begin(view.sha256(), view.size(), NOW);
    packages().put(view.sha256(), 0, Arrays.copyOf(bytes, Packages.PIECE));

    assertThat(packages().piece(view.sha256(), 0)).isEmpty();
    assertThatThrownBy(() -> packages().publish("a.tgz", view.sha256(), "ann", NOW))
        .isInstanceOf(StoreException.class);
    assertThat(packages().list(Scope.EVERYTHING)).isEmpty();
    put("a.tgz");
    assertThat(copy(view.sha256(), 0, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void a_job_set_says_which_content_a_package_has() throws IOException {
    put("a.tgz");
    aJobThatAnAgentHolds();
    jobs().change(JOB, 1, withPackage(definition("hello"), "a.tgz"), "ann", NOW);

    PackageRef ref = packages().ref("a.tgz").orElseThrow();
    assertThat(assignments().jobSet(AGENT).orElseThrow().jobs().getFirst().pack()).isEqualTo(ref);
    assertThat(packages().find(Scope.EVERYTHING, "a.tgz").orElseThrow().jobs()).isEqualTo(1);
    jobs().change(JOB, 2, withPackage(definition("hello"), "gone.tgz"), "ann", NOW);
    assertThat(assignments().jobSet(AGENT).orElseThrow().jobs().getFirst().pack()).isNull();
  }
}
