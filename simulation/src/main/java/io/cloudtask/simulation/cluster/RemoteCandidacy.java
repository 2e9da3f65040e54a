package io.cloudtask.simulation.cluster;

import io.cloudtask.coordination.Candidacy;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.coordination.LeaderListener;
import io.cloudtask.simulation.world.Life;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A candidacy, as its center has it: it leads from when it hears so until it hears otherwise, and a
 * frozen process hears nothing.
 */
final class RemoteCandidacy implements Candidacy, LeaderListener {
  private final LeaderListener listener;
  private final Life life;
  private @Nullable Candidacy candidacy;
  private boolean leads;

  private RemoteCandidacy(LeaderListener listener, Life life) {
    this.listener = listener;
    this.life = life;
  }

  static RemoteCandidacy begin(
      Coordinator session, String centerKey, LeaderListener listener, Life life) {
    RemoteCandidacy remote = new RemoteCandidacy(listener, life);
    remote.candidacy = session.lead(centerKey, remote);
    return remote;
  }

  @Override
  public void elected() {
    heard(true, listener::elected);
  }

  @Override
  public void deposed() {
    heard(false, listener::deposed);
  }

  private void heard(boolean leading, Runnable tell) {
    life.later(
        Duration.ZERO,
        () -> {
          leads = leading;
          tell.run();
        });
  }

  @Override
  public boolean leads() {
    return leads;
  }

  @Override
  public void close() {
    leads = false;
    if (candidacy != null) {
      candidacy.close();
    }
  }
}
