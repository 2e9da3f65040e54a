package io.cloudtask.center;

import io.cloudtask.center.wire.WireRoutes;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Who this center is, to the cluster and to deployed clients. Immutable.
 *
 * @param app MD5 of the program file
 * @param own the addresses under which the others find it
 */
record CenterNode(String app, String key, Node node, ServerConfig own) {

  static CenterNode of(CenterSettings settings, int consolePort, int centerPort, Instant now) {
    CenterSettings.Self self = settings.self();
    Node node = self.host().node(Node.CENTER, self.runtime(), centerPort, now, null);
    ServerConfig written = settings.sharing().written();
    return new CenterNode(
        program(),
        self.key(),
        node.at(now.getEpochSecond(), true),
        new ServerConfig(
            orElse(written.websitehost(), self.host().url(consolePort)),
            orElse(written.centerhost(), node.apiaddr())));
  }

  /** What {@code _ping} says; no secret is in it. */
  WireRoutes.Ping ping(Instant now, Object systemconfig) {
    return new WireRoutes.Ping(app, key, node.at(now.getEpochSecond(), true), systemconfig);
  }

  private static String orElse(String text, String usual) {
    return text.isEmpty() ? usual : text;
  }

  private static String program() {
    try {
      return Program.digest(CenterNode.class);
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the program file", e);
    }
  }
}
