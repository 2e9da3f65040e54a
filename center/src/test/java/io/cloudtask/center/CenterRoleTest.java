package io.cloudtask.center;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudtask.center.CenterSettings.Habits;
import io.cloudtask.center.CenterSettings.Secrets;
import io.cloudtask.center.CenterSettings.Sharing;
import io.cloudtask.center.access.Admission;
import io.cloudtask.center.allocate.Mode;
import io.cloudtask.center.config.CenterConfig;
import io.cloudtask.center.config.CenterConfigReader;
import io.cloudtask.model.wire.ServerConfig;
import io.cloudtask.settings.ConfigException;
import io.cloudtask.settings.Listen;
import io.cloudtask.settings.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CenterRoleTest {
  private static final String KEY = "509794cc-3539-4f58-a4d3-cc02a4f4848f";

  @Test
  void what_is_configured_reaches_the_center() throws ConfigException {
    CenterSettings settings =
        role("""
        useserverconfig: false
        websitehost: http://web:1
        cluster:
          {tokenfile: t, runtime: r, device: lo, pulse: 3s, timeout: 5s, threshold: 4}
        scheduler: {allocmode: pref, allocrecovery: 7s, lease: 2s, skew: 300ms}
        cache: {lrusize: 9}
        api: {hosts: ["127.0.0.1:1"], auth: token}
        console: {hosts: ["127.0.0.1:2"]}
        """)
            .settings();

    Habits habits = settings.habits();
    assertThat(habits.pulse()).hasSeconds(3);
    assertThat(habits.silence()).as("timeout times threshold").hasSeconds(20);
    assertThat(habits.leading().mode()).isEqualTo(Mode.PREF);
    assertThat(habits.leading().recovery()).hasSeconds(7);
    assertThat(habits.terms().lease()).hasSeconds(2);
    assertThat(habits.terms().skew()).hasMillis(300);
    assertThat(habits.packages().recent()).isEqualTo(9);
    assertThat(settings.sharing().mode()).isEqualTo(Sharing.Mode.OWN);
    assertThat(settings.sharing().written()).isEqualTo(new ServerConfig("http://web:1", ""));
    assertThat(settings.self().runtime()).isEqualTo("r");
    assertThat(settings.self().host().address()).isEqualTo("127.0.0.1");
    assertThat(settings.doors().center()).containsExactly(new Listen("127.0.0.1", 1));
    assertThat(settings.doors().console()).containsExactly(new Listen("127.0.0.1", 2));
    assertThat(settings.doors().centerAdmission()).isEqualTo(Admission.TOKEN);
  }

  @Test
  void it_follows_the_addresses_that_all_share_unless_told_otherwise() throws ConfigException {
    assertThat(role("cluster: {tokenfile: t}\n").settings().sharing().mode())
        .isEqualTo(Sharing.Mode.FOLLOW);
  }

  @Test
  void its_session_lasts_a_pulse_and_a_quarter_and_never_longer_than_usual() throws Exception {
    assertThat(session("pulse: 4s")).hasSeconds(5);
    assertThat(session("pulse: 30s")).hasSeconds(10);
  }

  @Test
  void a_directory_that_can_not_be_used_is_named_with_its_key(@TempDir Path directory)
      throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "in the way");

    assertThatThrownBy(
            () -> role("directory: %s\ncluster: {tokenfile: t}\n".formatted(file)).start())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("directory: can't be used: " + file + " is there, and no directory");
  }

  private static Duration session(String cluster) throws ConfigException {
    String text = "cluster: {tokenfile: t, %s}\n".formatted(cluster);
    return role(text)
        .coordinator(CenterConfigReader.read(text, Map.of()).system().cluster())
        .sessionTimeout();
  }

  private static CenterRole role(String text) throws ConfigException {
    CenterConfig config = CenterConfigReader.read(text, Map.of());
    Secrets secrets = new Secrets("0123456789abcdef", null);
    return new CenterRole(config, KEY, secrets, new Parts(), Clock.systemUTC());
  }
}
