package io.cloudtask.coordination;

import io.cloudtask.model.wire.Node;

/** Nodes as tests need them. */
final class Nodes {
  static final String KEY = "c40dd2e8-6221-4653-8a70-bbfcefd62849";
  static final String OTHER = "509794cc-3539-4f58-a4d3-cc02a4f4848f";

  private Nodes() {}

  static Node agent(long timestamp) {
    return new Node(
        Node.AGENT,
        "vm",
        "",
        "myCluster",
        "linux",
        "amd64",
        "10.77.0.11",
        "http://10.77.0.11:8600",
        12215,
        true,
        timestamp,
        1795490619,
        "eyJqb2JtYXhjb3VudCI6MjU1fQo=");
  }

  static Node center() {
    return new Node(
        Node.CENTER,
        "vm",
        "",
        "",
        "linux",
        "amd64",
        "10.77.0.1",
        "http://10.77.0.1:8985",
        7,
        true,
        5,
        4,
        null);
  }
}
