package io.cloudtask.center.secrets;

import io.cloudtask.model.JobDefinition;
import io.cloudtask.model.exchange.AssignedJob;
import io.cloudtask.model.exchange.JobSet;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals and opens values with AES-256-GCM. The key is derived from the cluster token with HKDF (RFC
 * 5869), so that every center of a cluster can read what another one wrote. A sealed value belongs
 * to the name that it was sealed for and can't be opened as another. Immutable.
 */
public final class Secrets implements Sealing {
  /** What people see of a value. */
  public static final String PLACEHOLDER = "(secret)";

  private static final String MARK = "{cloudtask-secret:1}";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Secrets NEVER_KEPT = new Secrets("what is sealed with it is never kept");

  /**
   * For who only tries out what a definition would be, and may not know by the answer whether a
   * value is the one that is there: every value is another one.
   */
  public static final Sealing TRIED = (name, value, before) -> NEVER_KEPT.seal(name, value, null);

  private final SecretKey key;

  /** The secrets of a cluster. */
  public Secrets(String clusterToken) {
    try {
      this.key =
          KDF.getInstance("HKDF-SHA256")
              .deriveKey(
                  "AES",
                  HKDFParameterSpec.ofExtract()
                      .addIKM(bytes(clusterToken))
                      .addSalt(bytes("cloudtask"))
                      .thenExpand(bytes("secrets of jobs, 1"), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform of today has HKDF", e);
    }
  }

  /** Whether the value of a variable in a definition is a sealed one. */
  public static boolean isSealed(String value) {
    return value.startsWith(MARK);
  }

  @Override
  public String seal(String name, String value, @Nullable String before) {
    if (before != null && open(name, before).equals(value)) {
      return before;
    }
    byte[] nonce = new byte[NONCE];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, name).doFinal(bytes(value));
      byte[] both = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, both, NONCE, sealed.length);
      return MARK + Base64.getEncoder().encodeToString(both);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /**
   * A sealed value as it was.
   *
   * @throws UnreadableSecretException when it was sealed with another cluster token, for another
   *     name, or was changed
   */
  public String open(String name, String sealed) {
    try {
      byte[] both = Base64.getDecoder().decode(sealed.substring(MARK.length()));
      if (both.length < NONCE) {
        throw new UnreadableSecretException(name, null);
      }
      byte[] nonce = Arrays.copyOf(both, NONCE);
      byte[] value =
          cipher(Cipher.DECRYPT_MODE, nonce, name).doFinal(both, NONCE, both.length - NONCE);
      return new String(value, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UnreadableSecretException(name, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(bytes(name));
    return cipher;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The set of an agent as the agent runs it. */
  public JobSet opened(JobSet set) {
    return new JobSet(
        set.revision(),
        set.jobs().stream().map(this::opened).toList(),
        set.closed(),
        set.autonomy());
  }

  private AssignedJob opened(AssignedJob job) {
    return job.with(opened(job.definition()));
  }

  /** A definition as it runs. */
  public JobDefinition opened(JobDefinition job) {
    return Variables.replace(job, this::open);
  }

  /** A definition as people see it. */
  public static JobDefinition masked(JobDefinition job) {
    return Variables.replace(job, (name, sealed) -> PLACEHOLDER);
  }
}
