package io.cloudtask.agent.http;

import io.cloudtask.agent.config.AgentConfig.Auth;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides who comes in. Whoever presents a token has to present the right one, also where none is
 * needed: a program with an old token should hear so, and not work by luck.
 *
 * @param token of the cluster; null when there is none, and then nobody has it
 */
record Door(Auth auth, @Nullable String token) {
  private static final String SCHEME = "bearer ";

  boolean admits(Caller caller, Access access) {
    return switch (auth) {
      case NONE -> true;
      case TOKEN -> hasToken(caller);
      case LOCAL ->
          caller.authorization() == null
              ? access == Access.LOCAL_OR_CLUSTER && caller.isLocal()
              : hasToken(caller);
    };
  }

  /** What a caller who was not admitted should do. */
  String advice(Access access) {
    return auth == Auth.LOCAL && access == Access.LOCAL_OR_CLUSTER
        ? "send the cluster token as Authorization: Bearer, or ask from this host by the name"
            + " localhost"
        : "send the cluster token as Authorization: Bearer";
  }

  private boolean hasToken(Caller caller) {
    String header = caller.authorization();
    if (token == null || header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return false;
    }
    byte[] given = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8));
  }
}
