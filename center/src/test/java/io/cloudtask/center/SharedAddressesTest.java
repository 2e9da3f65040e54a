package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.center.CenterSettings.Sharing;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.MemoryCoordination;
import io.cloudtask.model.wire.ServerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SharedAddressesTest {
  private static final ServerConfig OWN = new ServerConfig("http://own:1", "http://own:2");
  private static final ServerConfig SHARED = new ServerConfig("http://all:1", "http://all:2");

  private final MemoryCoordination coordination = new MemoryCoordination();
  private final Coordinator session = coordination.open();

  @AfterEach
  void close() {
    session.close();
    coordination.close();
  }

  private SharedAddresses addresses(Sharing.Mode mode) throws Exception {
    SharedAddresses addresses = new SharedAddresses(session, mode, OWN);
    addresses.share(session);
    return addresses;
  }

  @Test
  void who_follows_shares_its_own_where_nothing_is_shared_and_takes_each_change() throws Exception {
    try (SharedAddresses addresses = addresses(Sharing.Mode.FOLLOW)) {
      assertThat(session.serverConfig()).contains(OWN);

      session.publish(SHARED);

      await().until(() -> addresses.current().equals(SHARED));
    }
  }

  @Test
  void who_follows_leaves_alone_what_is_shared() throws Exception {
    session.publish(SHARED);

    try (SharedAddresses addresses = addresses(Sharing.Mode.FOLLOW)) {
      assertThat(session.serverConfig()).contains(SHARED);
      await().until(() -> addresses.current().equals(SHARED));
    }
  }

  @Test
  void who_has_its_own_neither_shares_nor_follows() throws Exception {
    try (SharedAddresses addresses = addresses(Sharing.Mode.OWN);
        SharedAddresses follower = addresses(Sharing.Mode.FOLLOW)) {
      session.publish(SHARED);
      await().until(() -> follower.current().equals(SHARED));

      assertThat(addresses.current()).isEqualTo(OWN);
    }
  }
}
