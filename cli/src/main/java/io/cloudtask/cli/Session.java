package io.cloudtask.cli;

import io.cloudtask.model.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One invocation: what its commands ask the center with, read from, and print to. */
final class Session {
  private final GlobalOptions options;
  private final Surroundings world;
  private @Nullable Api api;
  private @Nullable Target target;

  Session(GlobalOptions options, Surroundings world) {
    this.options = options;
    this.world = world;
  }

  Surroundings world() {
    return world;
  }

  boolean json() {
    return options.json;
  }

  Target target() throws Failure {
    if (target == null) {
      target = Target.of(options, world.environment(), world.directory());
    }
    return target;
  }

  /** The center; nothing is sent before the first request. */
  Api api() throws Failure {
    if (api == null) {
      api = new Api(target());
    }
    return api;
  }

  void print(String text) {
    world.out().print(text);
  }

  void say(String line) {
    world.out().println(line);
  }

  /**
   * Prints a table, or to a person that there is nothing.
   *
   * @param things what the rows are, in the plural
   */
  void print(Table table, String things) {
    if (table.isEmpty() && world.outIsTerminal()) {
      say("no " + things);
    } else {
      world.out().print(table.render(world.columns()));
    }
  }

  /** A time in a table: short where a person looks at it, whole where a program may. */
  String time(@Nullable Instant at) {
    return world.outIsTerminal() ? shortTime(at) : Text.time(at, world.zone());
  }

  /** The same, with milliseconds for programs. */
  String preciseTime(@Nullable Instant at) {
    return world.outIsTerminal() ? shortTime(at) : Text.preciseTime(at, world.zone());
  }

  private String shortTime(@Nullable Instant at) {
    return Text.shortTime(at, world.clock().instant(), world.zone());
  }

  void printJson(Object value) {
    world.out().println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value));
  }

  /** One line "label: value" of a description. */
  void field(String label, String value) {
    world.out().printf(Locale.ROOT, "%-13s %s%n", label + ":", Text.line(value));
  }

  /** The text of a file, or of standard input for {@code -}. */
  String read(String file) throws Failure {
    try {
      return file.equals("-")
          ? new String(world.in().readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(world.directory().resolve(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new Failure(file + ": no such file", e);
    } catch (java.nio.charset.MalformedInputException e) {
      throw new Failure(file + ": is not UTF-8 text", e);
    } catch (IOException e) {
      throw new Failure(file + ": can't be read: " + e.getMessage(), e);
    }
  }
}
