package io.cloudtask.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Makes certificates for loopback addresses, each its own authority. */
public final class Certificates {
  private static final String PASSWORD = "changeit";

  private Certificates() {}

  /** Writes {@code NAME.crt} and {@code NAME.key} into a directory. */
  public static void make(Path directory, String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path made = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "host",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-validity",
                "3",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                made.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed: " + said);
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(made)) {
      store.load(in, PASSWORD.toCharArray());
    }
    byte[] key = store.getKey("host", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(
        directory.resolve(name + ".crt"),
        pem("CERTIFICATE", store.getCertificate("host").getEncoded()));
    SecretFiles.write(directory.resolve(name + ".key"), pem("PRIVATE KEY", key));
  }

  private static String pem(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what);
  }
}
