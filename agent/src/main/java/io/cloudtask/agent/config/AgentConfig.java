package io.cloudtask.agent.config;

import io.cloudtask.model.wire.Node;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Host;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.Tls;
import io.cloudtask.settings.TlsFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that configures an agent.
 *
 * @param system the part that everybody may see
 * @param auth who may call the agent's API
 * @param tokenFile holds the cluster token; null when there is none
 * @param tls of the agent's port, and of its calls to centers
 * @param maxUnpackedBytes that a package may have once unpacked
 */
public record AgentConfig(
    SystemConfig system, Auth auth, @Nullable Path tokenFile, TlsFiles tls, long maxUnpackedBytes) {

  /** Where the API listens: {@code api.hosts}, at least one. */
  public List<Listen> listens() {
    return system.api().hosts().stream()
        .map(host -> Listen.parse(host).orElseThrow(() -> new IllegalStateException(host)))
        .toList();
  }

  /** The same with other addresses. */
  public AgentConfig listeningOn(List<Listen> listens) {
    List<String> hosts = listens.stream().map(Listen::written).toList();
    return new AgentConfig(system.listeningOn(hosts), auth, tokenFile, tls, maxUnpackedBytes);
  }

  /**
   * The agent's node as it is before it is signed in.
   *
   * @param port on which the API really listens
   * @param opened what the port speaks
   * @param started when this process did
   * @throws ConfigException when {@code cluster.device} names nothing that this host has
   */
  public Node node(int port, Tls opened, Instant started) throws ConfigException {
    SystemConfig.Cluster cluster = system.cluster();
    Host host =
        Host.describe(cluster.device(), cluster.os(), cluster.platform(), listens().getFirst())
            .speaking(opened);
    String attach = "{\"jobmaxcount\":" + system.cache().maxjobs() + "}\n";
    return host.node(
        Node.AGENT,
        cluster.runtime(),
        port,
        started,
        Base64.getEncoder().encodeToString(attach.getBytes(StandardCharsets.UTF_8)));
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
