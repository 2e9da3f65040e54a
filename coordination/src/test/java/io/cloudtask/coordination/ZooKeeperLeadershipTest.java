package io.cloudtask.coordination;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ZooKeeperLeadershipTest extends LeadershipContract {
  @Override
  TestServer newServer(Path dir) {
    return new RealServer(dir);
  }

  @Test
  @Timeout(60)
  void a_candidate_that_never_reached_a_server_ends_without_waiting_for_one() throws Exception {
    ZooKeeperSettings usual = ((RealServer) server()).settings(RealServer.TOKEN);
    Duration patience = Duration.ofHours(1);
    server().stop();

    try (Coordinator session =
        ZooKeeperCoordinator.open(
            new ZooKeeperSettings(
                usual.hosts(),
                usual.root(),
                usual.clusterToken(),
                usual.sessionTimeout(),
                patience))) {
      session.lead("a", new Heard()).close();
    }
  }
}
