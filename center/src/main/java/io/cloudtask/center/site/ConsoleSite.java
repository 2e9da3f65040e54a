package io.cloudtask.center.site;

import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * Serves the console. It finds its pages in the browser, so every address outside the APIs that
 * does not look like a file is its first page. Thread-safe.
 */
public final class ConsoleSite implements Site {
  private static final String INDEX = "index.html";

  /** First parts of addresses that belong to programs: an unknown one is never a page. */
  private static final Set<String> PROGRAMS = Set.of("api", "cloudtask", "metrics", "assets");

  /** Scripts and styles come from here alone; no page of others may frame it. */
  private static final String POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
          + "img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
          + "base-uri 'none'; form-action 'self'; object-src 'none'";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "json", "application/json",
          "txt", "text/plain; charset=utf-8",
          "webmanifest", "application/manifest+json");

  private final ConsoleFiles files;

  ConsoleSite(ConsoleFiles files) {
    this.files = files;
  }

  /** The console that was built into this program; without one, a page that says so. */
  public static ConsoleSite ofClassPath() {
    return new ConsoleSite(ConsoleFiles.ofClassPath());
  }

  @Override
  public Optional<Reply> find(List<String> path, Function<String, Optional<String>> headers) {
    Optional<ConsoleFiles.Entry> file = files.find(String.join("/", path));
    if (file.isPresent()) {
      return Optional.of(reply(file.get(), headers));
    }
    if (PROGRAMS.contains(path.getFirst()) || path.getLast().matches(".*\\.[a-z0-9]{2,5}")) {
      return Optional.empty();
    }
    return Optional.of(
        files.find(INDEX).map(index -> reply(index, headers)).orElseGet(ConsoleSite::notBuilt));
  }

  private Reply reply(ConsoleFiles.Entry file, Function<String, Optional<String>> headers) {
    String tag = "\"" + file.digest() + "\"";
    boolean known = headers.apply("If-None-Match").filter(tag::equals).isPresent();
    return framed(known ? Reply.empty(304) : content(file, headers))
        .with("ETag", tag)
        .with("Vary", "Accept-Encoding")
        .with("Cache-Control", file.lasting() ? "public, max-age=31536000, immutable" : "no-cache");
  }

  private Reply content(ConsoleFiles.Entry file, Function<String, Optional<String>> headers) {
    byte[] kept = files.read(file);
    String type = type(file.path());
    if (!file.zipped()) {
      return Reply.bytes(type, kept);
    }
    boolean takesGzip =
        headers.apply("Accept-Encoding").filter(value -> value.contains("gzip")).isPresent();
    return takesGzip
        ? Reply.bytes(type, kept).with("Content-Encoding", "gzip")
        : Reply.bytes(type, unzipped(kept));
  }

  private static Reply framed(Reply reply) {
    return reply.with("Content-Security-Policy", POLICY).with("Referrer-Policy", "same-origin");
  }

  private static byte[] unzipped(byte[] zipped) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("a file of the console is damaged", e);
    }
  }

  private static String type(String path) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(ending, "application/octet-stream");
  }

  private static Reply notBuilt() {
    String text =
        "This build of Cloudtask carries no console. Build it with launch/build.sh, or with"
            + " 'mvn package' without -Dfast.\nThe REST API is under /api/v1.\n";
    return framed(
        new Reply(
                404,
                Map.of(),
                new Reply.Body.Bytes(
                    "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)))
            .with("Cache-Control", "no-store"));
  }
}
