package io.cloudtask.center.exchange;

import static io.cloudtask.center.exchange.TestCenter.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RevisionsTest {
  @TempDir Path dir;
  private TestCenter center;
  private Revisions revisions;

  @BeforeEach
  void start() {
    center = new TestCenter(dir);
    revisions = new Revisions(center.store, center.session, center.agents);
    center.assignJobTo("http://127.0.0.1:1");
  }

  @AfterEach
  void stop() {
    revisions.close();
    center.close();
  }

  private long planned() {
    return center.store.read(tx -> tx.agents().find(KEY)).orElseThrow().revision();
  }

  @Test
  void a_changed_set_is_published() {
    revisions.changed(Set.of(KEY, "00000000-0000-0000-0000-000000000000"));

    assertThat(planned()).isPositive();
    await().until(() -> center.session.revision(KEY).orElse(-1) == planned());
  }

  @Test
  void after_a_start_every_agent_is_told() {
    revisions.changedAll();

    await().until(() -> center.session.revision(KEY).orElse(-1) == planned());
  }

  @Test
  void what_the_coordinator_did_not_take_is_published_later() {
    center.coordination.cut();
    revisions.changed(Set.of(KEY));
    center.coordination.restore();

    await().until(() -> center.session.revision(KEY).orElse(-1) == planned());
  }
}
