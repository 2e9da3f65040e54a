package io.cloudtask.center.http;

import io.cloudtask.center.access.Principal;
import io.cloudtask.center.access.Role;
import io.cloudtask.center.access.SignedIn;
import io.cloudtask.store.AuditRow;
import io.cloudtask.store.Scope;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A request that has passed the door. Belongs to one thread. */
public final class Call {
  private final Caller caller;
  private final Question question;
  private final Function<String, Optional<String>> headers;
  private final RequestBody body;

  Call(
      Caller caller,
      Set<Role> roles,
      Map<String, String> places,
      Query query,
      Function<String, Optional<String>> headers,
      RequestBody body) {
    this.caller = caller;
    Principal principal = caller.principal();
    this.question =
        new Question(
            places, query, principal.scope(roles), principal.scope(EnumSet.allOf(Role.class)));
    this.headers = headers;
    this.body = body;
  }

  /** Who asks. */
  public Principal principal() {
    return caller.principal();
  }

  /** At which browser they are; empty for callers without a session. */
  public Optional<SignedIn> signedIn() {
    return Optional.ofNullable(caller.signedIn());
  }

  /** The address of the other end. */
  public InetAddress address() {
    return caller.address();
  }

  /** What the caller did, for the record: who it was, and from where. */
  public AuditRow audit(Instant at, String what, String object, String detail) {
    return new AuditRow(at, principal().name(), what, object, detail, address().getHostAddress());
  }

  /** Whether the request came by TLS. */
  public boolean tls() {
    return caller.tls();
  }

  /**
   * Whether the caller would still be let in, with the same rights; to be asked by answers that do
   * not end.
   */
  public boolean welcome() {
    return caller.welcome().getAsBoolean();
  }

  /** What is asked, without who asks it. */
  public Question question() {
    return question;
  }

  /** What the caller may do here: where they hold one of the roles that the route asks for. */
  public Scope scope() {
    return question.scope();
  }

  /** What the caller may look at: where they hold any role. */
  public Scope sight() {
    return question.sight();
  }

  /**
   * Goes on only when the caller may do this with the jobs of a group.
   *
   * @param unknown the answer when there is nothing there; whoever may not look gets it too, so
   *     that nobody learns by guessing what there is
   * @throws RefusedException with that answer, or with 403 for whoever may only look
   */
  public void require(String runtime, String group, Refusal unknown) {
    question.require(runtime, group, unknown);
  }

  /**
   * A named place of the path, decoded and free of separators and control characters. Places called
   * {@code jobid}, {@code runid}, {@code key} and {@code stream} have the form of their name.
   *
   * @throws IllegalArgumentException when the template has no such place
   */
  public String path(String name) {
    return question.path(name);
  }

  /** What follows the question mark. */
  public Query query() {
    return question.query();
  }

  /** A request header, the first value when there are several. */
  public Optional<String> header(String name) {
    return headers.apply(name);
  }

  /**
   * The whole body, unzipped when it is gzip.
   *
   * @throws RefusedException when it is longer than the route allows, or broken off
   */
  public byte[] bytes() {
    return body.bytes();
  }

  /**
   * The whole body as UTF-8 text.
   *
   * @throws RefusedException when it is too long or not UTF-8
   */
  public String text() {
    return body.text();
  }

  /**
   * The whole body as a record.
   *
   * @throws RefusedException naming line, column and field of what is wrong
   */
  public <T> T json(Class<T> type) {
    return body.json(type);
  }

  /**
   * The body as it comes; reading past the limit of the route throws a {@link RefusedException}.
   */
  public InputStream stream() {
    return body.stream();
  }
}
