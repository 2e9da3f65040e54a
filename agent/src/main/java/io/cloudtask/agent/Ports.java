package io.cloudtask.agent;

import io.cloudtask.agent.config.AgentConfig;
import io.cloudtask.settings.Listen;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** Looks whether the addresses can be had, and puts a free port in the place of 0. */
final class Ports {
  private Ports() {}

  static AgentConfig choose(AgentConfig config) throws IOException {
    List<Listen> chosen = new ArrayList<>();
    for (Listen listen : config.listens()) {
      chosen.add(new Listen(listen.host(), tryOut(listen)));
    }
    return config.listeningOn(chosen);
  }

  private static int tryOut(Listen listen) throws IOException {
    try {
      return listen.probe();
    } catch (UnknownHostException e) {
      throw new IOException(
          "api.hosts: %s is no address of this host".formatted(listen.written()), e);
    } catch (IOException e) {
      throw new IOException(
          "api.hosts: can't listen on %s (%s): end what holds it, or choose another port"
              .formatted(listen.written(), e.getMessage()),
          e);
    }
  }
}
