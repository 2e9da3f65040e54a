package io.cloudtask.agent.http;

import io.cloudtask.agent.config.SystemConfig;
import io.cloudtask.model.wire.Node;

/**
 * The answer of {@code _ping}, in the order of the manual.
 *
 * @param app MD5 of the running program
 * @param key of the agent
 */
record Ping(String app, String key, Node node, SystemConfig systemconfig, Cache cache) {
  /**
   * What is held.
   *
   * @param allocversion revision of the job set
   */
  record Cache(long allocversion, int jobstotal) {}
}
