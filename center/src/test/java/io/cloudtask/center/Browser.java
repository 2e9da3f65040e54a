package io.cloudtask.center;

import io.cloudtask.center.access.Passwords;
import io.cloudtask.model.rest.MeView;
import io.cloudtask.store.AccountRow;
import io.cloudtask.store.GrantRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Somebody at a browser: keeps the cookie, and sends what a page has to send beside it. */
final class Browser {
  static final String PASSWORD = "correct horse battery";

  private static final Passwords PASSWORDS = new Passwords();
  private static final String HASH = PASSWORDS.hash(PASSWORD);

  private final RunningCenter center;
  String cookie = "";
  @Nullable String csrf;

  Browser(RunningCenter center) {
    this.center = center;
  }

  /** Makes a user who has {@link #PASSWORD}. */
  static void user(RunningCenter center, String name, GrantRow... grants) {
    AccountRow row =
        new AccountRow(name, "", "", Set.of(grants), true, false, RunningCenter.NOW, null);
    center.store.execute(tx -> tx.accounts().create(row, HASH));
  }

  /** Somebody who is signed in. */
  static Browser of(RunningCenter center, String name) throws IOException, InterruptedException {
    Browser browser = new Browser(center);
    RunningCenter.Answer answer = browser.signIn(name, PASSWORD);
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
    return browser;
  }

  /** Tries to sign in, and remembers what comes of it. */
  RunningCenter.Answer signIn(String name, String password, String... headers)
      throws IOException, InterruptedException {
    String body = "{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, password);
    RunningCenter.Answer answer = send("POST", "/api/v1/session", body, headers);
    if (answer.status() == 200) {
      cookie = answer.header("Set-Cookie").replaceFirst(";.*", "");
      csrf = answer.as(MeView.class).csrf();
    }
    return answer;
  }

  RunningCenter.Answer get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  RunningCenter.Answer send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(center.consoleUrl(path)))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("Cookie", "other=1; " + cookie);
    }
    if (csrf != null && !method.equals("GET")) {
      request.header("X-CSRF-Token", csrf);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return center.send(request);
  }
}
