package io.cloudtask.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TlsTest {
  @TempDir Path dir;

  @BeforeEach
  void certificates() throws Exception {
    Certificates.make(dir, "alpha");
    Certificates.make(dir, "beta");
  }

  private Path file(String name) {
    return dir.resolve(name);
  }

  private static SSLContext server(Tls tls) {
    return tls.server().orElseThrow();
  }

  /** Calls one that shows the certificate, as one that trusts the authority. */
  private void handshake(String certificate, @Nullable String authority) throws Exception {
    Tls called =
        Tls.open(new TlsFiles(file(certificate + ".crt"), file(certificate + ".key"), null));
    Path trusted = authority == null ? null : file(authority + ".crt");
    Tls caller = Tls.open(new TlsFiles(null, null, trusted));
    SSLContext by = caller.client().orElse(SSLContext.getDefault());
    try (SSLServerSocket port =
        (SSLServerSocket) server(called).getServerSocketFactory().createServerSocket(0)) {
      Thread.ofVirtual()
          .start(() -> {
            try (SSLSocket served = (SSLSocket) port.accept()) {
              served.startHandshake();
            } catch (IOException e) {
              // The caller says why.
            }
          });
      try (SSLSocket socket =
          (SSLSocket) by.getSocketFactory().createSocket("127.0.0.1", port.getLocalPort())) {
        socket.startHandshake();
      }
    }
  }

  @Test
  void a_certificate_is_accepted_by_who_trusts_its_authority_and_by_nobody_else() throws Exception {
    handshake("alpha", "alpha");
    assertThatThrownBy(() -> handshake("alpha", "beta")).isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> handshake("alpha", null)).isInstanceOf(SSLException.class);
  }

  @Test
  void without_a_certificate_ports_speak_plain_http() throws Exception {
    assertThat(Tls.open(TlsFiles.NONE).scheme()).isEqualTo("http");
    Tls tls = Tls.open(new TlsFiles(file("alpha.crt"), file("alpha.key"), null));
    assertThat(tls.scheme()).isEqualTo("https");
    assertThat(new Listen("::1", 1).url(tls)).isEqualTo("https://[::1]:1");
  }

  @Test
  void what_can_not_be_used_is_named() throws Exception {
    assertRefused("alpha.crt", "beta.key", "beta.key is not the key of the first certificate");
    assertRefused("alpha.key", "alpha.key", "alpha.key holds no certificate");
    Files.setPosixFilePermissions(file("beta.crt"), PosixFilePermissions.fromString("rw-------"));
    assertRefused("alpha.crt", "beta.crt", "holds no private key in PKCS#8");
    assertRefused("gone.crt", "alpha.key", "gone.crt can't be read");
    assertRefused("alpha.crt", "gone.key", "gone.key is not there");
    Files.setPosixFilePermissions(file("alpha.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertRefused("alpha.crt", "alpha.key", "can be read by every user of this host");
  }

  private void assertRefused(String certificate, String key, String why) {
    assertThatThrownBy(() -> Tls.open(new TlsFiles(file(certificate), file(key), null)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_certificate_without_its_key_is_half_a_section() throws Exception {
    for (String half : List.of("api.tls.certfile", "api.tls.keyfile")) {
      Settings settings = ConfigFile.of(Map.of(half, "file"));
      TlsFiles _ = TlsFiles.read(settings);
      assertThatThrownBy(settings::check)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is missing; name the");
    }
  }
}
