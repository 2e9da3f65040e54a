package io.cloudtask.center.exchange;

import io.cloudtask.center.access.Role;
import io.cloudtask.center.http.Call;
import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import io.cloudtask.center.http.Reply;
import io.cloudtask.center.http.Route;
import io.cloudtask.center.http.Routes;
import io.cloudtask.store.Outputs.StreamRow;
import io.cloudtask.store.Store;
import io.cloudtask.store.Tx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Takes what runs wrote, when that is too much for a report. Thread-safe. */
public final class OutputRoutes {
  private static final long MAX_OUTPUT = 256L * 1024 * 1024;

  private final Store store;
  private final Path temporary;

  /**
   * @param temporary an existing directory for outputs that are being uploaded
   */
  public OutputRoutes(Store store, Path temporary) {
    this.store = store;
    this.temporary = temporary;
  }

  public List<Route> routes() {
    return List.of(
        Routes.put(ExchangeRoutes.AGENT + "/runs/{runid}/output/{stream}")
            .allow(Role.CLUSTER)
            .bodyLimit(MAX_OUTPUT)
            .handle(this::output));
  }

  private Reply output(Call call) throws IOException {
    long size = call.query().number("size", 0, Long.MAX_VALUE, -1);
    Checks.require(size >= 0, "size", "is absent");
    long cutfrom = call.query().number("cutfrom", 0, Long.MAX_VALUE, 0);
    long cutto = call.query().number("cutto", 0, Long.MAX_VALUE, 0);
    BatchCheck.sizes("", size, cutfrom, cutto);
    if (store.read(tx -> tx.agents().find(call.path("key"))).isEmpty()) {
      return ExchangeRoutes.unknownAgent();
    }
    var row = new StreamRow(call.path("runid"), call.path("stream"), size, cutfrom, cutto);
    spooled(call, file -> keep(row, file));
    return Reply.empty(204);
  }

  private void keep(StreamRow row, Path file) {
    try {
      Checks.require(
          Files.size(file) == row.kept(),
          "body",
          "has " + Files.size(file) + " bytes; size and cut say " + row.kept());
      store.execute(tx -> put(tx, row, file));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Opened inside the transaction, because that may run more than once. */
  private static void put(Tx tx, StreamRow row, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      tx.outputs().put(row, in);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException("could not read back an uploaded output", e);
  }

  /** The store's one writing transaction must not wait for a network, so the body comes first. */
  private void spooled(Call call, Consumer<Path> use) throws IOException {
    Path file = Files.createTempFile(temporary, "output-", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        transfer(call.stream(), out);
      }
      use.accept(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void transfer(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
      out.write(buffer, 0, read);
    }
  }

  private static int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw new RefusedException(Refusal.invalid("the body was broken off"));
    }
  }
}
