package io.cloudtask.center.access;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells who presents a token. Thread-safe when its directory is. */
public final class Authenticator {
  private static final String SCHEME = "bearer ";
  private static final int MAX_TOKEN = 512;

  /** Where the tokens of people and programs are found. */
  @FunctionalInterface
  public interface Directory {
    /** Whose token this is; empty when nobody's, or no longer. It must compare hashes. */
    Optional<Principal> find(String token);
  }

  /** What came of an {@code Authorization} header. */
  public sealed interface Outcome {
    /** A known caller. */
    record Known(Principal principal) implements Outcome {}

    /** There was no header. */
    record Anonymous() implements Outcome {}

    /** There was one, and it opens nothing. */
    record Rejected() implements Outcome {}
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
    this.clusterToken = TokenHash.of(clusterToken);
    this.directory = directory;
  }

  /** Judges the value of an {@code Authorization} header; null when there is none. */
  public Outcome authenticate(@Nullable String authorization) {
    if (authorization == null) {
      return new Outcome.Anonymous();
    }
    if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return new Outcome.Rejected();
    }
    String token = authorization.substring(SCHEME.length()).strip();
    if (token.isEmpty() || token.length() > MAX_TOKEN) {
      return new Outcome.Rejected();
    }
    return known(token);
  }

  private Outcome known(String token) {
    if (clusterToken.matches(TokenHash.of(token))) {
      return new Outcome.Known(
          Principal.everywhere("cluster", Principal.Kind.CLUSTER, Set.of(Role.CLUSTER)));
    }
    return directory.find(token).<Outcome>map(Outcome.Known::new).orElseGet(Outcome.Rejected::new);
  }
}
