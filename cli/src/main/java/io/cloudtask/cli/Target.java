package io.cloudtask.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which center is asked, and with which token.
 *
 * <p>What is said on the command line beats the environment, and that beats the data directory of a
 * standalone: {@code DIR/console-url} and {@code DIR/admin-token}. The administrator token of a
 * directory that nobody named is never sent to another machine.
 *
 * @param named whether its user named a center in any way; otherwise it is only the default one
 * @param authorities whose certificates are trusted at an https address; null: the usual ones
 */
record Target(URI url, @Nullable String token, boolean named, @Nullable Path authorities) {
  private static final String CAFILE = "CLOUDTASK_CAFILE";
  private static final String DEFAULT_URL = "http://127.0.0.1:8091";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  static Target of(GlobalOptions options, Map<String, String> environment, Path directory)
      throws Failure {
    boolean dataNamed = options.data != null;
    Path data = directory.resolve(options.data != null ? options.data : Path.of("data"));
    if (dataNamed && !Files.isDirectory(data)) {
      throw new Failure(
          data + " is no directory: name with --data what 'cloudtask standalone --data' was given");
    }
    Optional<String> url = said(options.url, dataNamed ? null : environment.get("CLOUDTASK_URL"));
    Optional<String> token =
        said(options.token, dataNamed ? null : environment.get("CLOUDTASK_TOKEN"));
    URI base = parse(url.isPresent() ? url.get() : read(data, "console-url").orElse(DEFAULT_URL));
    if (token.isEmpty() && (dataNamed || url.isEmpty() || isLoopback(base))) {
      token = read(data, "admin-token");
    }
    Path authorities =
        said(options.cafile == null ? null : options.cafile.toString(), environment.get(CAFILE))
            .map(directory::resolve)
            .orElse(null);
    return new Target(base, token.orElse(null), url.isPresent() || dataNamed, authorities);
  }

  private static Optional<String> said(@Nullable String option, @Nullable String variable) {
    String value = option != null ? option : variable;
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  private static boolean isLoopback(URI url) {
    return LOOPBACK.contains(url.getHost());
  }

  private static Optional<String> read(Path data, String name) throws Failure {
    Path file = data.resolve(name);
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(text);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Failure(
          file + " can't be read (it belongs to whoever started standalone): " + e.getMessage(), e);
    }
  }

  private static URI parse(String text) throws Failure {
    try {
      URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      if (Set.of("http", "https").contains(String.valueOf(url.getScheme()))
          && url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw new Failure(wrongUrl(text), e);
    }
    throw new Failure(wrongUrl(text));
  }

  private static String wrongUrl(String text) {
    return "the address '" + text + "' is none: write it like " + DEFAULT_URL;
  }
}
