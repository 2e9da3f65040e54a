package io.cloudtask.simulation.cluster;

import io.cloudtask.agent.intake.Intake;
import io.cloudtask.agent.presence.Presence;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.util.List;

/** What the coordinator says to an agent, handed on as the shipped agent does. */
final class AgentNotices implements Presence.Notices {
  private final Intake intake;

  AgentNotices(Intake intake) {
    this.intake = intake;
  }

  @Override
  public void revision(long revision) {
    if (revision != intake.held()) {
      intake.nudge();
    }
  }

  @Override
  public void serverConfig(ServerConfig config) {
    intake.nudge();
  }

  @Override
  public void centers(List<Node> centers) {
    intake.nudge();
  }

  @Override
  public void learn() {
    intake.nudge();
  }

  @Override
  public long held() {
    return intake.held();
  }

  @Override
  public Node shown(Node node) {
    return node;
  }
}
