package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.rest.PackageView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code package ...}: the archives that jobs are unpacked from. */
@Command(name = "package", description = "Upload and list the packages that jobs run from.")
final class PackageCommands {
  private final Session session;

  PackageCommands(Session session) {
    this.session = session;
  }

  @Command(description = "Upload a .tar.gz, .tgz or .zip.")
  void upload(
      @Parameters(paramLabel = "FILE", description = "The archive.") Path file,
      @Option(
              names = "--name",
              paramLabel = "NAME",
              description = "What jobs call it. Default: the name of the file.")
          @Nullable String name)
      throws Failure {
    Path source = session.world().directory().resolve(file);
    if (!Files.isRegularFile(source)) {
      throw new Failure(
          file + (Files.exists(source) ? ": is no file, name the archive" : ": no such file"));
    }
    String called = name == null ? String.valueOf(source.getFileName()) : name;
    long size = size(source);
    Upload upload = Upload.of(source, called, size, progress(size));
    session
        .api()
        .upload(
            "/api/file/upload/default/" + Api.segment(called), upload.contentType(), upload.body());
    progressDone();
    if (session.json()) {
      session.printJson(Map.of("name", called, "size", size));
    } else {
      session.say("uploaded " + Text.line(called) + ", " + Text.size(size));
    }
  }

  @Command(description = "List packages.")
  void list() throws Failure {
    List<PackageView> packages = session.api().list("/api/v1/packages", PackageView.class);
    if (session.json()) {
      session.printJson(packages);
      return;
    }
    Table table =
        new Table(
            Column.of("NAME").cutTo(24),
            Column.of("SIZE"),
            Column.of("UPLOADED").spare(1),
            Column.of("BY").cutTo(8).spare(2),
            Column.of("JOBS"),
            Column.of("SHA-256").cutTo(12).spare(3));
    for (PackageView each : packages) {
      table.add(
          each.name(),
          Text.size(each.size()),
          session.time(each.createat()),
          each.createuser(),
          Long.toString(each.jobs()),
          each.sha256());
    }
    session.print(table, "packages");
  }

  private static long size(Path file) throws Failure {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new Failure(file + ": can't be read: " + e.getMessage(), e);
    }
  }

  /** A line that is rewritten at each whole per cent, where somebody looks at it. */
  private Upload.Progress progress(long size) {
    if (!session.world().errIsTerminal()) {
      return sent -> {};
    }
    long[] shown = {-1};
    return sent -> {
      long percent = size == 0 ? 100 : Math.min(100, sent * 100 / size);
      if (percent != shown[0]) {
        shown[0] = percent;
        session.world().err().print("\r" + percent + "% of " + Text.size(size) + "\u001b[K");
        session.world().err().flush();
      }
    };
  }

  private void progressDone() {
    if (session.world().errIsTerminal()) {
      session.world().err().print("\r\u001b[K");
      session.world().err().flush();
    }
  }
}
