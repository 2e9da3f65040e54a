package io.cloudtask.center.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts that nobody can guess. */
public final class RandomSecret {
  /** Without those that look like others. */
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";

  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomSecret() {}

  /** For a session: 256 bits. */
  public static String cookie() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** For programs: 256 bits, with a beginning by which a leaked one is recognised. */
  public static String token() {
    return "cloudtask_" + cookie();
  }

  /** For a person to type: four groups of five, 100 bits. */
  public static String password() {
    return IntStream.range(0, 4).mapToObj(group -> letters(5)).collect(Collectors.joining("-"));
  }

  private static String letters(int count) {
    return RANDOM
        .ints(count, 0, LETTERS.length())
        .mapToObj(LETTERS::charAt)
        .map(String::valueOf)
        .collect(Collectors.joining());
  }
}
