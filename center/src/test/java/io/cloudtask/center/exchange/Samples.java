package io.cloudtask.center.exchange;

import io.cloudtask.model.wire.Node;
import io.cloudtask.store.AgentRow;
import java.time.Instant;

/** Agents as tests need them. */
final class Samples {
  static final String KEY = "509794cc-3539-4f58-a4d3-cc02a4f4848f";
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private Samples() {}

  static Node node(String apiaddr) {
    return new Node(
        Node.AGENT,
        "vm",
        "",
        "myCluster",
        "linux",
        "amd64",
        "127.0.0.1",
        apiaddr,
        7,
        true,
        2,
        1,
        "eyJqb2JtYXhjb3VudCI6MjU1fQo=");
  }

  static AgentRow agentAt(String apiaddr) {
    return new AgentRow(
        KEY, "myCluster", node(apiaddr), "one", 0, 0, 0, true, NOW, 255, AgentRow.Standing.NEW);
  }
}
