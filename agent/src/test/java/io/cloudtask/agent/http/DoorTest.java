package io.cloudtask.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.agent.config.AgentConfig;
import org.junit.jupiter.api.Test;

class DoorTest {
  @Test
  void nobody_has_the_token_where_there_is_none() {
    Caller caller = new Caller(true, "localhost", null, false, "Bearer ");

    assertThat(new Door(AgentConfig.Auth.TOKEN, null).admits(caller, Access.CLUSTER)).isFalse();
    assertThat(new Door(AgentConfig.Auth.LOCAL, null).admits(caller, Access.CLUSTER)).isFalse();
    assertThat(new Door(AgentConfig.Auth.TOKEN, "t").admits(caller, Access.LOCAL_OR_CLUSTER))
        .isFalse();
    assertThat(new Door(AgentConfig.Auth.NONE, null).admits(caller, Access.CLUSTER)).isTrue();
  }
}
