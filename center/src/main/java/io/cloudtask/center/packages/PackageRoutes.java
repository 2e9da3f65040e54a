package io.cloudtask.center.packages;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.model.rest.PackageView;
import io.cloudtask.store.PackageFiles;
import io.cloudtask.store.Scope;
import io.cloudtask.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The package store of the console port. Thread-safe. */
public final class PackageRoutes {
  /** How large a package may be unless the operator says otherwise, in bytes. */
  public static final long DEFAULT_MAX_BYTES = 512L * 1024 * 1024;

  /** Room for the form around the file. */
  private static final long FORM_BYTES = 1024 * 1024;

  private static final String TYPE = "application/octet-stream";

  /**
   * How much of them there may be.
   *
   * @param maxBytes how large a package may be
   * @param recent pieces of 256 KiB that were read last and are kept in memory; 0 for none
   */
  public record Limits(long maxBytes, int recent) {}

  private final Store store;
  private final PackageFiles files;
  private final Path temporary;
  private final long maxBytes;
  private final Clock clock;

  /**
   * @param temporary an existing directory for uploads that are under way; best on the disk of the
   *     store
   */
  public PackageRoutes(Store store, Path temporary, Limits limits, Clock clock) {
    this.store = store;
    this.files = new PackageFiles(store, limits.recent());
    this.temporary = temporary;
    this.maxBytes = limits.maxBytes();
    this.clock = clock;
  }

  /** For agents that know this center by its other port only. */
  public Route downloads() {
    return Routes.get("/api/file/default/{filename}")
        .allow(Role.readers())
        .allow(Role.CLUSTER)
        .scoped()
        .handle(this::download);
  }

  public List<Route> routes() {
    return List.of(
        downloads(),
        Routes.post("/api/file/upload/default/{filename}")
            .allow(Role.editors())
            .scoped()
            .bodyLimit(maxBytes + FORM_BYTES)
            .handle(this::upload));
  }

  private Reply download(Call call) {
    String name = call.path("filename");
    Optional<PackageView> found = store.read(tx -> tx.packages().find(call.scope(), name));
    if (found.isEmpty()) {
      return Reply.refused(Refusal.notFound("there is no package called " + name));
    }
    PackageView view = found.get();
    String etag = '"' + view.sha256() + '"';
    if (call.header("If-None-Match").filter(tags -> names(tags, etag)).isPresent()) {
      return Reply.empty(304).with("ETag", etag);
    }
    boolean current = call.header("If-Range").map(etag::equals).orElse(true);
    String range = current ? call.header("Range").orElse(null) : null;
    Reply reply =
        switch (ByteRange.of(range, view.size())) {
          case ByteRange.Whole() -> bytes(200, view, 0, view.size());
          case ByteRange.Part(long from, long to) ->
              bytes(206, view, from, to)
                  .with("Content-Range", "bytes " + from + '-' + (to - 1) + '/' + view.size());
          case ByteRange.Unsatisfiable() ->
              Reply.refused(
                      Refusal.of(416, "range", "the package has " + view.size() + " bytes only"))
                  .with("Content-Range", "bytes */" + view.size());
        };
    return reply.with("ETag", etag).with("Accept-Ranges", "bytes");
  }

  private static boolean names(String tags, String etag) {
    return tags.strip().equals("*")
        || List.of(tags.split(",", -1)).stream()
            .map(tag -> tag.strip().replaceFirst("^W/", ""))
            .anyMatch(etag::equals);
  }

  private Reply bytes(int status, PackageView view, long from, long to) {
    return Reply.streamed(status, TYPE, to - from, out -> files.copy(view.sha256(), from, to, out))
        .with("Content-Disposition", "attachment");
  }

  private Reply upload(Call call) throws IOException {
    String name = call.path("filename");
    Optional<String> problem = PackageName.problem(name);
    if (problem.isPresent()) {
      return Reply.refused(Refusal.invalid("filename", problem.get()));
    }
    if (store.read(tx -> tx.packages().find(Scope.EVERYTHING, name)).isPresent()) {
      return Reply.refused(taken(name));
    }
    Path file = Files.createTempFile(temporary, "upload-", ".part");
    try {
      String type = call.header("Content-Type").orElse("");
      Upload.write(type, call.stream(), maxBytes, file);
      return stored(call, name, file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Reply stored(Call call, String name, Path file) throws IOException {
    String user = call.principal().name();
    Instant now = clock.instant();
    return switch (files.put(name, file, user, now)) {
      case PackageFiles.Stored.NameTaken taken -> Reply.refused(taken(name));
      case PackageFiles.Stored.Done(PackageView view) -> {
        String detail = "sha256 " + view.sha256() + ", " + view.size() + " bytes";
        store.execute(tx -> tx.audit().add(call.audit(now, "package.upload", name, detail)));
        yield Reply.json(201, view).with("ETag", '"' + view.sha256() + '"');
      }
    };
  }

  private static Refusal taken(String name) {
    return Refusal.conflict(
        "exists", "there is a package called " + name + " already; upload it under another name");
  }
}
