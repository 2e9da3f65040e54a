package io.cloudtask.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How the ports of a role speak TLS, and whom it trusts when it calls others. Whoever is called
 * must show a certificate that names the address by which it is called. Immutable.
 */
public final class Tls {
  /** Plain HTTP, and the authorities that the Java installation trusts. */
  public static final Tls NONE = new Tls(null, null);

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final String KEY = "api.tls";
  private static final char[] NO_PASSWORD = {};

  private final @Nullable SSLContext server;
  private final @Nullable SSLContext client;

  private Tls(@Nullable SSLContext server, @Nullable SSLContext client) {
    this.server = server;
    this.client = client;
  }

  /**
   * Reads the files.
   *
   * @throws ConfigException when one of them is none, the key can be read by everybody, or it is
   *     not the key of the certificate
   */
  public static Tls open(TlsFiles files) throws ConfigException {
    Path certificate = files.certificate();
    Path key = files.key();
    Path authorities = files.authorities();
    TrustManager @Nullable [] trust = authorities == null ? null : trust(authorities, KEY);
    return new Tls(
        certificate == null || key == null ? null : context(keys(certificate, key), null),
        trust == null ? null : context(null, trust));
  }

  /**
   * By what those are called whose certificates come from authorities of their own.
   *
   * @param authorities PEM: nobody else is trusted
   * @param key of the configuration, that names the file
   * @throws ConfigException when the file holds no certificates
   */
  public static SSLContext trusting(Path authorities, String key) throws ConfigException {
    return context(null, trust(authorities, key));
  }

  /** What the ports speak; empty for plain HTTP. */
  public Optional<SSLContext> server() {
    return Optional.ofNullable(server);
  }

  /** By what others are called; empty for the usual one of the Java installation. */
  public Optional<SSLContext> client() {
    return Optional.ofNullable(client);
  }

  /** The scheme of the addresses of this role: http or https. */
  public String scheme() {
    return server == null ? "http" : "https";
  }

  private static SSLContext context(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java installation has no TLS", e);
    }
  }

  private static KeyManager[] keys(Path certificateFile, Path keyFile) throws ConfigException {
    List<X509Certificate> chain = certificates(certificateFile, KEY);
    PrivateKey key = privateKey(keyFile, chain.getFirst());
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry("host", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw new ConfigException(
          "api.tls: %s and %s can't be used: %s"
              .formatted(certificateFile, keyFile, e.getMessage()));
    }
  }

  private static TrustManager[] trust(Path file, String key) throws ConfigException {
    List<X509Certificate> trusted = certificates(file, key);
    try {
      KeyStore store = emptyStore();
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("authority-" + i, trusted.get(i));
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException e) {
      throw new ConfigException("%s: %s can't be used: %s".formatted(key, file, e.getMessage()));
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, NO_PASSWORD);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is read", e);
    }
    return store;
  }

  private static List<X509Certificate> certificates(Path file, String key) throws ConfigException {
    try {
      List<X509Certificate> found = new ArrayList<>();
      ByteArrayInputStream text = new ByteArrayInputStream(Files.readAllBytes(file));
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
        if (each instanceof X509Certificate certificate) {
          found.add(certificate);
        }
      }
      if (found.isEmpty()) {
        throw new ConfigException("%s: %s holds no certificate".formatted(key, file));
      }
      return found;
    } catch (IOException e) {
      throw new ConfigException("%s: %s can't be read: %s".formatted(key, file, e.getMessage()));
    } catch (CertificateException e) {
      throw new ConfigException(
          "%s: %s holds no certificates in PEM: %s".formatted(key, file, e.getMessage()));
    }
  }

  private static PrivateKey privateKey(Path file, X509Certificate certificate)
      throws ConfigException {
    Matcher pem = PRIVATE_KEY.matcher(SecretFiles.read(file));
    if (!pem.find()) {
      throw new ConfigException(
          ("api.tls: %s holds no private key in PKCS#8 without a password; make one of another form"
                  + " by: openssl pkcs8 -topk8 -nocrypt -in OLD -out %s")
              .formatted(file, file));
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      PrivateKey key =
          KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(bytes));
      if (belongTogether(key, certificate.getPublicKey())) {
        return key;
      }
    } catch (GeneralSecurityException e) {
      // It is no key of that kind, so it is not the certificate's.
    }
    throw new ConfigException(
        "api.tls: %s is not the key of the first certificate".formatted(file));
  }

  private static boolean belongTogether(PrivateKey key, PublicKey other)
      throws GeneralSecurityException {
    String algorithm =
        switch (key) {
          case RSAKey _ -> "SHA256withRSA";
          case ECKey _ -> "SHA256withECDSA";
          case EdECKey _ -> "EdDSA";
          default -> throw new GeneralSecurityException("unknown kind of key");
        };
    byte[] sample = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(sample);
    byte[] signed = signing.sign();
    Signature checking = Signature.getInstance(algorithm);
    checking.initVerify(other);
    checking.update(sample);
    return checking.verify(signed);
  }
}
