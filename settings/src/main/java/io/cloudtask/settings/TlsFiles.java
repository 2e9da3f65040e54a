package io.cloudtask.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code api.tls}: with a certificate every port of a role speaks TLS and nothing else.
 *
 * @param certificate PEM: the certificate of this host, then those between it and its authority;
 *     null: ports speak plain HTTP
 * @param key PEM: the private key (PKCS#8) of the first certificate; null as the certificate is
 * @param authorities PEM: whose certificates are trusted when another node is called over TLS;
 *     null: those that the Java installation trusts
 */
public record TlsFiles(@Nullable Path certificate, @Nullable Path key, @Nullable Path authorities) {
  /** Plain HTTP. */
  public static final TlsFiles NONE = new TlsFiles(null, null, null);

  /** Reads the section; what is wrong with it is noted in the settings. */
  public static TlsFiles read(Settings settings) {
    Path certificate = path(settings, "api.tls.certfile");
    Path key = path(settings, "api.tls.keyfile");
    if (certificate != null && key == null) {
      settings.problem("api.tls.keyfile", "is missing; name the private key of api.tls.certfile");
    }
    if (certificate == null && key != null) {
      settings.problem("api.tls.certfile", "is missing; name the certificate of api.tls.keyfile");
    }
    return new TlsFiles(certificate, key, path(settings, "api.tls.cafile"));
  }

  private static @Nullable Path path(Settings settings, String name) {
    String text = settings.text(name, "");
    return text.isEmpty() ? null : Path.of(text);
  }
}
