package io.cloudtask.center.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the build of the console put on the class path. Only what its list names is a file, so that
 * no path from outside reaches anything else. Immutable.
 */
final class ConsoleFiles {
  private static final String FOLDER = "/io/cloudtask/console/";
  private static final String LIST = "files.tsv";

  private final Map<String, Entry> entries;

  /**
   * A file.
   *
   * @param digest of its content
   * @param zipped whether it is kept as gzip
   */
  record Entry(String path, String digest, boolean zipped) {
    /** Names under {@code assets} carry a digest: what is behind one never changes. */
    boolean lasting() {
      return path.startsWith("assets/");
    }
  }

  private ConsoleFiles(Map<String, Entry> entries) {
    this.entries = Map.copyOf(entries);
  }

  /** Reads the list; without one, as after a build without the console, there are no files. */
  static ConsoleFiles ofClassPath() {
    byte[] list = resource(LIST);
    return of(list == null ? "" : new String(list, StandardCharsets.UTF_8));
  }

  /** Reads a list: per line the path, the digest and how it is kept, with tabs between them. */
  static ConsoleFiles of(String list) {
    Map<String, Entry> entries = new HashMap<>();
    list.lines()
        .forEach(line -> {
          String[] parts = line.split("\t", -1);
          entries.put(parts[0], new Entry(parts[0], parts[1], parts[2].equals("gzip")));
        });
    return new ConsoleFiles(entries);
  }

  Optional<Entry> find(String path) {
    return Optional.ofNullable(entries.get(path));
  }

  /** The content as it is kept. */
  byte[] read(Entry entry) {
    String name = entry.zipped() ? entry.path() + ".gz" : entry.path();
    byte[] content = resource(name);
    if (content == null) {
      throw new IllegalStateException("the console lists " + name + ", which is not there");
    }
    return content;
  }

  private static byte @Nullable [] resource(String name) {
    try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the console's " + name, e);
    }
  }
}
