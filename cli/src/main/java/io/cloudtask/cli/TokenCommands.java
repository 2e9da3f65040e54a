package io.cloudtask.cli;

import io.cloudtask.cli.Table.Column;
import io.cloudtask.model.json.Json;
import io.cloudtask.model.rest.NewToken;
import io.cloudtask.model.rest.TokenRequest;
import io.cloudtask.model.rest.TokenView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token ...}: what lets programs use the API. */
@Command(name = "token", description = "See, make and revoke API tokens.")
final class TokenCommands {
  private static final String TOKENS = "/api/v1/tokens";

  private final Session session;

  TokenCommands(Session session) {
    this.session = session;
  }

  @Command(description = "List tokens.")
  void list() throws Failure {
    List<TokenView> tokens = session.api().list(TOKENS, TokenView.class);
    if (session.json()) {
      session.printJson(tokens);
      return;
    }
    Table table =
        new Table(
            Column.of("ID"),
            Column.of("TOKEN"),
            Column.of("OF"),
            Column.of("GRANTS").cutTo(20),
            Column.of("EXPIRES").spare(1),
            Column.of("USED").spare(2));
    for (TokenView token : tokens) {
      table.add(
          token.id(),
          token.name(),
          token.owner().isEmpty() ? "-" : token.owner(),
          GrantOptions.words(token.grants()),
          token.expiresat() == null ? "never" : session.time(token.expiresat()),
          session.time(token.usedat()));
    }
    session.print(table, "tokens");
  }

  @Command(description = "Make a token; its value is printed this once.")
  void create(
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
      @Option(
              names = "--grant",
              required = true,
              paramLabel = GrantOptions.FORM,
              description = "What it may do, and where; may be repeated.")
          List<String> grants,
      @Option(
              names = "--days",
              paramLabel = "N",
              description = "After how many days it expires. Default: never.")
          @Nullable Integer days)
      throws Failure {
    if (days != null && days < 1) {
      throw Failure.usage("token create: --days: at least 1", null);
    }
    Instant expires =
        days == null ? null : session.world().clock().instant().plus(Duration.ofDays(days));
    TokenRequest request = new TokenRequest(name, GrantOptions.parse(grants), expires);
    String body = Json.MAPPER.writeValueAsString(request);
    NewToken made = session.api().post(TOKENS, "application/json", body, NewToken.class);
    if (session.json()) {
      session.printJson(made);
    } else {
      session.say(Text.line(made.value()));
    }
  }

  @Command(description = "End a token at once.")
  void revoke(@Parameters(paramLabel = "ID", description = "As the list shows it.") String id)
      throws Failure {
    session.api().delete(TOKENS + "/" + Api.segment(id));
    if (session.json()) {
      session.printJson(Map.of("token", id, "done", "revoked"));
    } else {
      session.say("revoked " + Text.line(id));
    }
  }
}
