package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.GrantView;
import io.cloudtask.model.rest.UserChange;
import io.cloudtask.model.rest.UserView;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code user ...}: the people who may sign in. */
@Command(name = "user", description = "See and change who may sign in to the console.")
final class UserCommands {
  private static final String USERS = "/api/v1/users";

  /** Without those that look like others. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private final Session session;

  UserCommands(Session session) {
    this.session = session;
  }

  @Command(description = "List users.")
  void list() throws Failure {
    List<UserView> users = session.api().list(USERS, UserView.class);
    if (session.json()) {
      session.printJson(users);
      return;
    }
    Table table =
        new Table(
            Column.of("USER"),
            Column.of("ENABLED"),
            Column.of("GRANTS").cutTo(20),
            Column.of("SEEN").spare(1),
            Column.of("NAME").cutTo(12).spare(2));
    for (UserView user : users) {
      table.add(
          user.name(),
          user.enabled() ? "yes" : "no",
          GrantOptions.words(user.grants()),
          session.time(user.seenat()),
          user.displayname());
    }
    session.print(table, "users");
  }

  @Command(
      description = {
        "Make a user, with a random password that is printed once and has to be changed."
      })
  void create(
      @Parameters(paramLabel = "NAME", description = "For signing in.") String name,
      @Option(
              names = "--grant",
              paramLabel = GrantOptions.FORM,
              description = "What the user may do, and where; may be repeated.")
          @Nullable List<String> grants,
      @Option(names = "--name", paramLabel = "TEXT", description = "Of the person.")
          @Nullable String displayname,
      @Option(names = "--mail", paramLabel = "ADDRESS", description = "Of the person.")
          @Nullable String mail)
      throws Failure {
    List<GrantView> rights = GrantOptions.parse(grants == null ? List.of() : grants);
    String password = password();
    send("POST", USERS, new UserChange(name, displayname, mail, true, rights, password));
    tell(name, "made", password);
  }

  @Command(
      name = "create-admin",
      description = {
        "Make an administrator, or give one who has lost it a new password; it is printed once."
      })
  void createAdmin(
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              defaultValue = "admin",
              description = "For signing in. Default: ${DEFAULT-VALUE}.")
          String name)
      throws Failure {
    List<GrantView> everything = List.of(new GrantView("admin", null, null));
    String password = password();
    boolean known =
        session.api().list(USERS, UserView.class).stream()
            .anyMatch(user -> user.name().equals(name));
    if (known) {
      send("PUT", path(name), new UserChange(null, null, null, true, everything, password));
    } else {
      send("POST", USERS, new UserChange(name, null, null, true, everything, password));
    }
    tell(name, known ? "changed" : "made", password);
  }

  @Command(description = "Give a user a new random password, printed once; all sessions end.")
  void password(@Parameters(paramLabel = "NAME", description = "Of the user.") String name)
      throws Failure {
    String password = password();
    send("PUT", path(name), new UserChange(null, null, null, null, null, password));
    tell(name, "changed", password);
  }

  @Command(description = "Keep a user out: all sessions and tokens stop working at once.")
  void disable(@Parameters(paramLabel = "NAME", description = "Of the user.") String name)
      throws Failure {
    enabled(name, false);
  }

  @Command(description = "Let a user in again.")
  void enable(@Parameters(paramLabel = "NAME", description = "Of the user.") String name)
      throws Failure {
    enabled(name, true);
  }

  private void enabled(String name, boolean enabled) throws Failure {
    UserView user = send("PUT", path(name), new UserChange(null, null, null, enabled, null, null));
    if (session.json()) {
      session.printJson(user);
    } else {
      session.say((enabled ? "enabled " : "disabled ") + Text.line(user.name()));
    }
  }

  @Command(description = "Remove a user with all sessions and tokens.")
  void delete(@Parameters(paramLabel = "NAME", description = "Of the user.") String name)
      throws Failure {
    session.api().delete(path(name));
    if (session.json()) {
      session.printJson(Map.of("user", name, "done", "deleted"));
    } else {
      session.say("deleted " + Text.line(name));
    }
  }

  private UserView send(String method, String path, UserChange change) throws Failure {
    String body = Json.MAPPER.writeValueAsString(change);
    return method.equals("POST")
        ? session.api().post(path, "application/json", body, UserView.class)
        : session.api().put(path, "application/json", body, UserView.class);
  }

  private void tell(String name, String done, String password) {
    if (session.json()) {
      session.printJson(Map.of("user", name, "done", done, "password", password));
    } else {
      session.say("user " + Text.line(name) + " " + done + ", password " + password);
    }
  }

  /** Four groups of five, 100 bits. */
  private static String password() {
    SecureRandom random = new SecureRandom();
    return IntStream.range(0, 4)
        .mapToObj(group ->
            random
                .ints(5, 0, LETTERS.length())
                .mapToObj(at -> LETTERS.substring(at, at + 1))
                .collect(Collectors.joining()))
        .collect(Collectors.joining("-"));
  }

  private static String path(String name) {
    return USERS + "/" + Api.segment(name);
  }
}
