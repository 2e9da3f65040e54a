package io.cloudtask.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
  @TempDir Path directory;

  @Test
  void a_record_is_one_line_whatever_it_says() {
    LogRecord entry = entry("line 1\r\nFAKE line 2 {0}");
    entry.setParameters(new Object[] {"x\ny"});

    assertThat(LineFormat.whole(ZoneOffset.UTC).format(entry))
        .isEqualTo("2026-11-24T01:02:03.004Z WARNING io.cloudtask.x: line 1 | FAKE line 2 x | y\n");
  }

  @Test
  void a_trace_follows_only_where_there_is_room() {
    LogRecord entry = entry("it broke");
    entry.setThrown(new IOException("disk"));

    assertThat(LineFormat.brief(ZoneOffset.UTC).format(entry))
        .isEqualTo("01:02:03 WARNING it broke: java.io.IOException: disk\n");
    assertThat(LineFormat.whole(ZoneOffset.UTC).format(entry)).contains("\tat ");
  }

  @Test
  void a_full_file_is_put_aside_and_five_are_kept() throws IOException {
    Path file = directory.resolve("logs/agent.log");
    RotatingFile log = new RotatingFile(file, 200, LineFormat.whole(ZoneOffset.UTC));
    for (int i = 0; i < 30; i++) {
      log.publish(entry("number " + i));
    }
    log.close();

    assertThat(Files.readString(file)).contains("number 29");
    assertThat(directory.resolve("logs").toFile().list())
        .containsExactlyInAnyOrder(
            "agent.log", "agent.log.1", "agent.log.2", "agent.log.3", "agent.log.4", "agent.log.5");
    assertThat(Files.size(directory.resolve("logs/agent.log.1"))).isLessThanOrEqualTo(200);
  }

  @Test
  void a_file_that_is_there_is_continued() throws IOException {
    Path file = Files.writeString(directory.resolve("agent.log"), "before\n");
    RotatingFile log = new RotatingFile(file, 1000, LineFormat.whole(ZoneOffset.UTC));
    log.publish(entry("after"));
    log.close();

    assertThat(Files.readString(file)).startsWith("before\n").contains("after");
  }

  @Test
  void what_is_configured_decides_where_what_and_how_much_is_logged() throws Exception {
    Path file = directory.resolve("role.log");
    try {
      Log.begin(new LogSettings(file.toString(), "warn", 1000), ZoneOffset.UTC);
      Logger ours = Logger.getLogger("io.cloudtask.x");
      for (int i = 0; i < 20; i++) {
        ours.log(Level.INFO, "not worth a line " + i);
        ours.log(Level.WARNING, "worth a line of more than fifty characters, number " + i);
      }
    } finally {
      LogManager.getLogManager().reset();
      LogManager.getLogManager().readConfiguration();
    }

    assertThat(Files.readString(file)).contains("number 19").doesNotContain("not worth");
    assertThat(file).satisfies(written -> assertThat(Files.size(written)).isLessThan(1001));
    assertThat(directory.resolve("role.log.1")).exists();
  }

  @Test
  void a_file_that_can_not_be_written_is_named_with_its_key() throws Exception {
    Path inTheWay = Files.writeString(directory.resolve("file"), "");
    LogSettings settings = new LogSettings(inTheWay.resolve("role.log").toString(), "info", 1000);

    assertThatThrownBy(() -> Log.begin(settings, ZoneOffset.UTC))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("logger.logfile")
        .hasMessageContaining(inTheWay + " is there, and no directory");
    LogManager.getLogManager().readConfiguration();
  }

  private static LogRecord entry(String message) {
    LogRecord entry = new LogRecord(Level.WARNING, message);
    entry.setLoggerName("io.cloudtask.x");
    entry.setInstant(Instant.parse("2026-11-24T01:02:03.004Z"));
    return entry;
  }
}
