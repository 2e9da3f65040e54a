package io.cloudtask.center.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoopbackRuleTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "127.0.0.1, localhost,        -,                     -,           true",
        "127.0.0.1, localhost:8985,   -,                     -,           true",
        "127.0.0.1, LocalHost:8985,   -,                     none,        true",
        "::1,       [::1]:8985,       -,                     -,           true",
        "::1,       [::1],            -,                     -,           true",
        "127.0.0.1, 127.0.0.1:8985,   http://127.0.0.1:8985, same-origin, true",
        "127.0.0.1, 127.0.0.1:8985,   http://127.0.0.1:3000, -,           false",
        "127.0.0.1, 127.0.0.1:8985,   null,                  -,           false",
        "127.0.0.1, localhost,        -,                     cross-site,  false",
        "127.0.0.1, localhost,        -,                     same-site,   false",
        "127.0.0.1, localhost.evil.x, -,                     -,           false",
        "127.0.0.1, evil.x:80,        -,                     -,           false",
        "127.0.0.1, -,                -,                     -,           false",
        "10.0.0.5,  localhost,        -,                     -,           false",
      })
  void decides(String peer, String host, String origin, String site, boolean allowed)
      throws Exception {
    assertThat(
            LoopbackRule.allows(
                new LoopbackRule.Facts(InetAddress.getByName(peer), host, origin, site, false)))
        .isEqualTo(allowed);
  }

  @Test
  void a_proxy_on_this_machine_does_not_make_its_clients_local() throws Exception {
    assertThat(
            LoopbackRule.allows(
                new LoopbackRule.Facts(
                    InetAddress.getLoopbackAddress(), "localhost", null, null, true)))
        .isFalse();
  }
}
