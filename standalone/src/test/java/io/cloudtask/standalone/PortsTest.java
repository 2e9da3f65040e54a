package io.cloudtask.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortsTest {
  private final Options options = new Options();

  @BeforeEach
  void anyFreePort() {
    options.consolePort = 0;
    options.centerPort = 0;
    options.agentPort = 0;
    options.coordinatorPort = 0;
  }

  @Test
  void free_ports_are_fine() {
    assertThatCode(() -> Ports.check(options)).doesNotThrowAnyException();
  }

  @Test
  void a_busy_port_is_named_with_its_option() throws IOException {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      options.agentPort = busy.getLocalPort();
      assertThatThrownBy(() -> Ports.check(options))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("127.0.0.1:" + busy.getLocalPort())
          .hasMessageContaining("--agent-port");
    }
  }

  @Test
  void nonsense_is_refused() {
    options.centerPort = 70_000;
    assertThatThrownBy(() -> Ports.check(options)).hasMessageContaining("--center-port 70000");
    options.centerPort = 0;
    options.host = "no such host";
    assertThatThrownBy(() -> Ports.check(options)).hasMessageContaining("--host no such host");
    options.host = "192.0.2.77";
    assertThatThrownBy(() -> Ports.check(options)).hasMessageContaining("--host 192.0.2.77 is no");
  }

  @Test
  void a_runtime_without_a_proper_name_is_refused_by_its_option() {
    options.runtime = "a/b";
    assertThatThrownBy(() -> options.check()).hasMessageContaining("--runtime \"a/b\" has to be");
  }
}
