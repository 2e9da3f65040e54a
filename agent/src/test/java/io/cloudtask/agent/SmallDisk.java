package io.cloudtask.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * A real file system of a few megabytes, to be filled to its last byte. Only who may mount has one;
 * for others the test is skipped, and says why.
 */
public final class SmallDisk implements AutoCloseable {
  private final Path root;

  private SmallDisk(Path root) {
    this.root = root;
  }

  /**
   * Mounts one.
   *
   * @param at an empty directory
   * @param mebibytes its size
   */
  public static SmallDisk mount(Path at, int mebibytes) throws Exception {
    String said =
        run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + mebibytes + "m,mode=700",
            "tmpfs",
            at.toString());
    Assumptions.assumeTrue(
        said.isEmpty(),
        () -> "skipped: a file system to fill can't be mounted here, which takes root: " + said);
    return new SmallDisk(at);
  }

  public Path root() {
    return root;
  }

  /** Takes all space but so many bytes. */
  public void fillBut(long left) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler())) {
      byte[] block = new byte[4096];
      while (Files.getFileStore(root).getUsableSpace() > left) {
        out.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Gives back what {@link #fillBut} took. */
  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  private Path filler() {
    return root.resolve("filler");
  }

  @Override
  public void close() throws IOException {
    // Lazily: a process of the test may still have its work directory there.
    try {
      run("umount", "-l", root.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a command had to complain about; "" when it succeeded. */
  private static String run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : "failed: " + said.strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
