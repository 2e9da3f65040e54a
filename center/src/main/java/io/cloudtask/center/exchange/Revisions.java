package io.cloudtask.center.exchange;

import io.cloudtask.coordination.CoordinationException;
import io.cloudtask.coordination.Coordinator;
import io.cloudtask.store.AgentRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells agents, through the coordinator, that their job set is newer. What it can't tell it keeps
 * and tries again; an agent that asks by itself finds the set in any case. Thread-safe.
 */
public final class Revisions implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Revisions.class.getName());
  private static final long RETRY_SECONDS = 2;

  private final Store store;
  private final Coordinator coordinator;
  private final AgentClient agents;
  private final Set<String> pending = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor publisher =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("revisions").factory());

  /**
   * @param agents nudged when the coordinator does not take the news
   */
  public Revisions(Store store, Coordinator coordinator, AgentClient agents) {
    this.store = store;
    this.coordinator = coordinator;
    this.agents = agents;
    publisher.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** The sets of these agents have (or may have) new revisions in the store. Does not block. */
  public void changed(Collection<String> agentKeys) {
    if (pending.addAll(agentKeys)) {
      soon(0);
    }
  }

  /** Looks at every agent, as after a start: a crash may have come before the news went out. */
  public void changedAll() {
    List<AgentRow> rows = store.read(tx -> tx.agents().list(null));
    changed(rows.stream().map(AgentRow::key).toList());
  }

  private void soon(long seconds) {
    try {
      var _ = publisher.schedule(this::publish, seconds, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.TRACE, "A change of a job set came after the end");
    }
  }

  private void publish() {
    boolean again = false;
    for (String key : List.copyOf(pending)) {
      pending.remove(key);
      if (!published(key)) {
        pending.add(key);
        again = true;
      }
    }
    if (again) {
      soon(RETRY_SECONDS);
    }
  }

  private boolean published(String key) {
    try {
      Optional<AgentRow> agent = store.read(tx -> tx.agents().find(key));
      return agent.isEmpty() || published(agent.get());
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.WARNING, "Could not look up the revision of agent " + key, e);
      return false;
    }
  }

  private boolean published(AgentRow agent) {
    try {
      coordinator.publishRevision(agent.key(), agent.revision());
      return true;
    } catch (CoordinationException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "Will tell agent {0} again of revision {1}: {2}",
          agent.key(),
          agent.revision(),
          e.getMessage());
      if (agent.online()) {
        return agents.nudge(agent) instanceof AgentClient.Told.Accepted;
      }
      return false;
    }
  }

  @Override
  public void close() {
    publisher.shutdownNow();
    try {
      if (!publisher.awaitTermination(AgentClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "Telling agents of new job sets does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
