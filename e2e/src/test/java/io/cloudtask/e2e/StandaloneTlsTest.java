package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudtask.settings.Certificates;
import io.cloudtask.settings.Tls;
import io.cloudtask.settings.TlsFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole system on one machine that speaks TLS. */
@Timeout(180)
class StandaloneTlsTest {
  private static final String ANN =
      """
      {"name": "ann", "password": "correct horse battery", "grants": []}\
      """;

  @TempDir Path dir;

  @Test
  void with_a_certificate_every_port_speaks_tls_and_a_session_goes_by_tls_alone() throws Exception {
    Certificates.make(dir, "host");
    Path certificate = dir.resolve("host.crt");
    Tls tls = Tls.open(new TlsFiles(null, null, certificate));
    Path data = dir.resolve("data");
    try (StandaloneProcess standalone =
            StandaloneProcess.start(
                data,
                "--demo",
                "--certfile",
                certificate.toString(),
                "--keyfile",
                dir.resolve("host.key").toString());
        HttpClient client =
            HttpClient.newBuilder().sslContext(tls.client().orElseThrow()).build()) {
      assertThat(List.of(standalone.console(), standalone.center(), standalone.agent()))
          .allMatch(address -> address.getScheme().equals("https"));
      String token = Files.readString(data.resolve("admin-token")).strip();
      URI console = standalone.console();
      HttpRequest.Builder runs =
          HttpRequest.newBuilder(console.resolve("/api/v1/runs?limit=50"))
              .header("Authorization", "Bearer " + token);
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> assertThat(send(client, runs).body()).containsIgnoringCase("succeeded"));

      HttpRequest.Builder making =
          HttpRequest.newBuilder(console.resolve("/api/v1/users"))
              .header("Authorization", "Bearer " + token)
              .POST(BodyPublishers.ofString(ANN));
      assertThat(send(client, making).statusCode()).isEqualTo(201);
      HttpRequest.Builder signingIn =
          HttpRequest.newBuilder(console.resolve("/api/v1/session"))
              .POST(BodyPublishers.ofString(ANN.replace(", \"grants\": []", "")));
      assertThat(send(client, signingIn).headers().firstValue("Set-Cookie").orElse(""))
          .endsWith("; Secure");
    }
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
