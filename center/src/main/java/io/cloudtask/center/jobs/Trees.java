package io.cloudtask.center.jobs;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads a text into a tree, whatever it is written in. */
final class Trees {
  /** Longest text, in bytes of UTF-8. */
  static final int MAX_BYTES = 10 * 1024 * 1024;

  private Trees() {}

  /** The tree; empty when the text can't be read, for which there is a finding then. */
  static Optional<Located> read(String text, Findings findings) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (body.length() > MAX_BYTES || body.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      findings.add("", Place.UNKNOWN, "the file is longer than 10 MiB; split it");
      return Optional.empty();
    }
    try {
      TreeBuilder builder = new TreeBuilder(findings);
      Optional<Located> root =
          JsonTree.begins(body)
              ? Optional.of(JsonTree.read(body, builder))
              : YamlTree.read(body, builder);
      if (root.isEmpty()) {
        findings.add("", new Place(1, 1), "the file is empty; it needs runtime and jobs");
      }
      return root;
    } catch (SyntaxProblem e) {
      findings.add("", e.place(), e.text());
      return Optional.empty();
    }
  }
}
