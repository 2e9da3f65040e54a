package io.cloudtask.standalone;

import io.cloudtask.settings.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Applies the sample jobs as anybody would: over the API. */
final class Demo {
  private static final String FILE = "demo.yaml";

  private Demo() {}

  static void apply(String console, String token, Tls tls) throws StartException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(console + "/api/v1/apply"))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/yaml")
            .POST(BodyPublishers.ofString(file()))
            .build();
    HttpClient.Builder builder = HttpClient.newBuilder();
    tls.client().ifPresent(builder::sslContext);
    try (HttpClient client = builder.build()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new StartException("the sample jobs were refused: " + answer.body());
      }
    } catch (IOException e) {
      throw new StartException("the sample jobs could not be applied: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted while the sample jobs were applied", e);
    }
  }

  private static String file() throws StartException {
    try (InputStream in = Demo.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new StartException("this program is not complete: it lacks " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StartException("can't read " + FILE + ": " + e, e);
    }
  }
}
