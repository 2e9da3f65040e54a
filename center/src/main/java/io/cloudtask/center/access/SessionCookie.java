package io.cloudtask.center.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that a browser sends by itself, and the text that a page has to send beside it: one
 * that only a page of this center can know, because it asked who it is. That text is made from the
 * cookie, so that nothing more has to be kept. Pure.
 */
public final class SessionCookie {
  /** The header that carries {@link #csrf}. */
  public static final String CSRF_HEADER = "X-CSRF-Token";

  private static final String NAME = "cloudtask-session";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST = 128;

  private SessionCookie() {}

  /** The value in a {@code Cookie} header; the first when there are several. */
  public static Optional<String> find(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    return Arrays.stream(header.split(";"))
        .map(String::strip)
        .filter(pair -> pair.startsWith(NAME + "="))
        .map(pair -> pair.substring(NAME.length() + 1))
        .filter(value -> !value.isEmpty() && value.length() <= LONGEST)
        .findFirst();
  }

  /**
   * What {@code Set-Cookie} says. It ends with the browser; how long it is good for is known here.
   *
   * @param secure whether the browser came by TLS
   */
  public static String set(String value, boolean secure) {
    return NAME + "=" + value + attributes(secure);
  }

  /** What {@code Set-Cookie} says to take it away. */
  public static String removed() {
    return NAME + "=; Max-Age=0" + attributes(false);
  }

  private static String attributes(boolean secure) {
    return "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
  }

  /** The text that every request which changes something carries beside the cookie. */
  public static String csrf(String cookie) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(cookie.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal("csrf".getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /** Whether that text came; compared in a time that does not depend on the difference. */
  public static boolean matches(String csrf, Optional<String> sent) {
    return MessageDigest.isEqual(
        csrf.getBytes(StandardCharsets.UTF_8), sent.orElse("").getBytes(StandardCharsets.UTF_8));
  }
}
