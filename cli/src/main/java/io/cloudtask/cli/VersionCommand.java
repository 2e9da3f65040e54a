package io.cloudtask.cli;

import io.cloudtask.model.Release;
import io.cloudtask.model.rest.VersionView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code version}: of this program, and of the center that it would ask. */
@Command(name = "version", description = "Print the version of this program and of the center.")
final class VersionCommand implements Callable<Integer> {
  private final Session session;

  VersionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Failure {
    String own = own();
    VersionView center = center();
    if (session.json()) {
      Map<String, @Nullable String> versions = new LinkedHashMap<>();
      versions.put("cli", own);
      versions.put("center", center == null ? null : center.version());
      session.printJson(versions);
    } else {
      session.say("cloudtask " + own);
      session.say(
          center == null
              ? "center    none at " + session.target().url()
              : "center    " + center.version() + " at " + session.target().url());
    }
    return 0;
  }

  /** Nobody asked for a certain center: then its absence is an answer, not a failure. */
  private @Nullable VersionView center() throws Failure {
    try {
      return session.api().get("/api/v1/version", VersionView.class);
    } catch (Failure e) {
      if (session.target().named() || e.problem() != null) {
        throw e;
      }
      return null;
    }
  }

  static String own() {
    return Release.of(VersionCommand.class);
  }
}
