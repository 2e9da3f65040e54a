package io.cloudtask.center.access;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Hashes passwords with Argon2id: 19 MiB, two passes, one lane, which OWASP names as the least, and
 * about 60 ms. Never more than two at a time, so that nobody fills the memory by trying. A hash
 * says with what it was made, so that older ones stay readable when this changes. Thread-safe.
 */
public final class Passwords {
  private static final int KIBIBYTES = 19 * 1024;
  private static final int SALT_BYTES = 16;
  private static final int AT_ONCE = 2;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Argon2Function FUNCTION =
      Argon2Function.getInstance(KIBIBYTES, 2, 1, 32, Argon2.ID);

  /** Random salt and digest: no password is known that has it. */
  private static final String NOBODY =
      "$argon2id$v=19$m=19456,t=2,p=1$Z7Y0Pb1cSXW2mF8kQdN4Ag"
          + "$pT3vHc0Yw5uEJ9rKx2LmDqS8oZb1NfGi6VaBnCeWtUA";

  private final Semaphore turns = new Semaphore(AT_ONCE, true);

  /** A hash with a fresh salt. */
  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return inTurn(() -> FUNCTION.hash(bytes(password), salt).getResult());
  }

  /**
   * Whether a password has that hash. Without a hash the same work is done for a hash that nobody's
   * password has, so that the time to the answer does not tell who is known here.
   *
   * @param hash of {@link #hash}; "" and empty match no password
   */
  public boolean matches(String password, Optional<String> hash) {
    Optional<String> known = hash.filter(text -> !text.isEmpty());
    byte[] compared = bytes(known.orElse(NOBODY));
    Argon2Function function = Argon2Function.getInstanceFromHash(known.orElse(NOBODY));
    boolean same = inTurn(() -> function.check(bytes(password), compared));
    return same && known.isPresent();
  }

  private <T> T inTurn(Supplier<T> work) {
    turns.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
