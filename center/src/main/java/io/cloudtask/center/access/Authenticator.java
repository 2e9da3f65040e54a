package io.cloudtask.center.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells who presents a token or the cookie of a session. Thread-safe when its directory is. */
public final class Authenticator {
  private static final String SCHEME = "bearer ";
  private static final int MAX_TOKEN = 512;

  /** Where the tokens and sessions of people and programs are found. */
  @FunctionalInterface
  public interface Directory {
    /** Whose token this is; empty when nobody's, or no longer. It must compare hashes. */
    Optional<Principal> find(String token);

    /** Whose session this is; empty when nobody's, or no longer. It must compare hashes. */
    default Optional<SignedIn> session(String cookie) {
      return Optional.empty();
    }

    /** The same; but that it was asked is no use of a token or session, and is not noted as one. */
    default Directory looking() {
      return this;
    }
  }

  /** What came of what was presented. */
  public sealed interface Outcome {
    /** A caller who is known by a token. */
    record Known(Principal principal) implements Outcome {}

    /** A caller who is known by what a browser sends by itself, so that more has to be asked. */
    record AtBrowser(SignedIn caller) implements Outcome {}

    /** There was neither. */
    record Anonymous() implements Outcome {}

    /**
     * What there was opens nothing.
     *
     * @param why for people
     */
    record Rejected(String why) implements Outcome {}
  }

  private final TokenHash clusterToken;
  private final Directory directory;

  /**
   * @param clusterToken what the nodes of the cluster present to each other
   * @throws IllegalArgumentException when the cluster token is empty: it would open every door
   */
  public Authenticator(String clusterToken, Directory directory) {
    if (clusterToken.isBlank()) {
      throw new IllegalArgumentException("the cluster token is empty");
    }
    this(TokenHash.of(clusterToken), directory);
  }

  private Authenticator(TokenHash clusterToken, Directory directory) {
    this.clusterToken = clusterToken;
    this.directory = directory;
  }

  /** One that only looks whether what was presented still counts. */
  public Authenticator looking() {
    return new Authenticator(clusterToken, directory.looking());
  }

  /**
   * Judges what was presented; a token counts and not the cookie beside it.
   *
   * @param authorization the value of that header; null when there is none
   * @param cookie the value of the header {@code Cookie}; null when there is none
   */
  public Outcome authenticate(@Nullable String authorization, @Nullable String cookie) {
    if (authorization != null) {
      return byToken(authorization);
    }
    return SessionCookie.find(cookie).map(this::bySession).orElseGet(Outcome.Anonymous::new);
  }

  private Outcome byToken(String authorization) {
    String token =
        authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
            ? authorization.substring(SCHEME.length()).strip()
            : "";
    return token.isEmpty() || token.length() > MAX_TOKEN ? unknown() : known(token);
  }

  private Outcome bySession(String cookie) {
    return directory
        .session(cookie)
        .<Outcome>map(Outcome.AtBrowser::new)
        .orElseGet(() -> new Outcome.Rejected("the session has ended; sign in again"));
  }

  private static Outcome unknown() {
    return new Outcome.Rejected("the token is not known here");
  }

  private Outcome known(String token) {
    if (clusterToken.matches(TokenHash.of(token))) {
      return new Outcome.Known(
          Principal.everywhere("cluster", Principal.Kind.CLUSTER, Set.of(Role.CLUSTER)));
    }
    return directory.find(token).<Outcome>map(Outcome.Known::new).orElseGet(Authenticator::unknown);
  }
}
