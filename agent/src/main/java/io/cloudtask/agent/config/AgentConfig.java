package io.cloudtask.agent.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that configures an agent.
 *
 * @param system the part that everybody may see
 * @param auth who may call the agent's API
 * @param tokenFile holds the cluster token; null when there is none
 * @param maxUnpackedBytes that a package may have once unpacked
 */
public record AgentConfig(
    SystemConfig system, Auth auth, @Nullable Path tokenFile, long maxUnpackedBytes) {

  /** Where the API listens: {@code api.hosts}, at least one. */
  public List<Listen> listens() {
    return system.api().hosts().stream()
        .map(host -> Listen.parse(host).orElseThrow(() -> new IllegalStateException(host)))
        .toList();
  }

  /** The same with other addresses. */
  public AgentConfig listeningOn(List<Listen> listens) {
    List<String> hosts = listens.stream().map(Listen::written).toList();
    return new AgentConfig(system.listeningOn(hosts), auth, tokenFile, maxUnpackedBytes);
  }

  /** Who may call the agent's API. */
  public enum Auth {
    /** Programs on this host without a token, everybody else with the cluster token. */
    LOCAL,
    /** Only with the cluster token. */
    TOKEN,
    /** Everybody who can reach it. */
    NONE
  }
}
