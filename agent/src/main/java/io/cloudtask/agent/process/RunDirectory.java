package io.cloudtask.agent.process;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cloudtask.model.json.Json;
import io.cloudtask.settings.SecretFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The files of one run. What a crash cut off while it was written is as if it were not there:
 * {@code pid} and {@code exit} count only up to their newline, and {@code run.json} only when it is
 * whole.
 */
record RunDirectory(Path path) {
  // Long enough for any status and its newline. run.sh writes over it, so that no disk space is
  // needed then.
  private static final byte[] ROOM_FOR_STATUS = "     ".getBytes(US_ASCII);
  private static final int MAX_STATUS_BYTES = 16;

  /**
   * What tells the direct child from any other process, ever.
   *
   * @param start start of the process in clock ticks since the host was booted
   * @param boot id of that boot
   */
  record Started(long pid, long start, String boot, Instant at) {
    Started {
      Objects.requireNonNull(boot);
      Objects.requireNonNull(at);
    }
  }

  Path stdout() {
    return path.resolve("stdout");
  }

  Path stderr() {
    return path.resolve("stderr");
  }

  Path script() {
    return path.resolve("run.sh");
  }

  private Path pidFile() {
    return path.resolve("pid");
  }

  private Path exitFile() {
    return path.resolve("exit");
  }

  private Path startedFile() {
    return path.resolve("run.json");
  }

  /** Makes the directory and the files that must be there before the start. */
  void prepare(String command) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    SecretFiles.directory(path);
    RunScript script = RunScript.of(command);
    Path commandFile = path.resolve("command");
    if (script.apart()) {
      Files.write(commandFile, script.command());
    }
    Files.write(script(), script.text(pidFile(), exitFile(), commandFile));
    Files.write(exitFile(), ROOM_FOR_STATUS);
  }

  /**
   * Whether a start was made here: outputs are the first that a child makes, before it is the
   * command.
   */
  boolean wasStarted() {
    return Stream.of(stdout(), stderr(), pidFile(), startedFile()).anyMatch(Files::exists);
  }

  void write(Started started) throws IOException {
    Files.write(startedFile(), Json.MAPPER.writeValueAsBytes(started));
  }

  /** The identity of the direct child; empty when it was not written, or not wholly. */
  Optional<Started> started() throws IOException {
    byte[] text = contents(startedFile());
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Json.MAPPER.readValue(text, Started.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The exit status that run.sh left behind, and when. */
  Optional<Exit> exit() throws IOException {
    OptionalInt status = number(exitFile());
    if (status.isEmpty() || status.getAsInt() > 255) {
      return Optional.empty();
    }
    return Optional.of(
        Exit.ofCode(status.getAsInt(), Files.getLastModifiedTime(exitFile()).toInstant()));
  }

  /** The pid that run.sh left behind. */
  OptionalInt pid() throws IOException {
    return number(pidFile());
  }

  /** When something in this directory was last written to; empty when nothing can be read. */
  Optional<Instant> lastWritten() {
    return Stream.of(path, stdout(), stderr(), pidFile(), startedFile(), script())
        .flatMap(file -> modified(file).stream())
        .max(Instant::compareTo);
  }

  private static Optional<Instant> modified(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt number(Path file) throws IOException {
    byte[] bytes = contents(file);
    if (bytes == null) {
      return OptionalInt.empty();
    }
    String text = new String(bytes, 0, Math.min(bytes.length, MAX_STATUS_BYTES), US_ASCII);
    int end = text.indexOf('\n');
    if (end < 1 || !text.substring(0, end).chars().allMatch(c -> c >= '0' && c <= '9') || end > 9) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(text.substring(0, end)));
  }

  private static byte @Nullable [] contents(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
