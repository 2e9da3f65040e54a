package io.cloudtask.agent.packages;

import io.cloudtask.model.exchange.PackageRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fetches packages from the file API of the console and, when that does not give one, of the live
 * centers one after the other: the packages are in the store, so each of them has them all.
 * Thread-safe.
 */
final class HttpPackageSource implements PackageSource {
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final long SLOWEST_BYTES_PER_SECOND = 32 * 1024;

  private final HttpClient client;
  private final Supplier<String> websiteHost;
  private final @Nullable String token;
  private volatile Supplier<List<String>> centers = List::of;

  /**
   * @param websiteHost base URL; asked for each fetch, because it may follow the coordinator
   * @param token of the cluster, or null when none is used
   */
  HttpPackageSource(HttpClient client, Supplier<String> websiteHost, @Nullable String token) {
    this.client = client;
    this.websiteHost = websiteHost;
    this.token = token;
  }

  @Override
  public void alsoFrom(Supplier<List<String>> urls) {
    centers = urls;
  }

  @Override
  public void fetch(PackageRef pack, OutputStream to) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = ask(pack.filename());
    try (InputStream body = response.body()) {
      copyInTime(body, to, pack.size());
    }
  }

  /** The first that has it; otherwise what the console said counts. */
  private HttpResponse<InputStream> ask(String filename) throws IOException, InterruptedException {
    try {
      return ask(websiteHost.get(), filename);
    } catch (IOException e) {
      for (String center : centers.get()) {
        try {
          return ask(center, filename);
        } catch (IOException another) {
          e.addSuppressed(another);
        }
      }
      throw e;
    }
  }

  private HttpResponse<InputStream> ask(String base, String filename)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(request(base, filename));
    if (response.statusCode() == 200) {
      return response;
    }
    response.body().close();
    throw new PackageRejectedException(refusal(filename, response));
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      // The client's own messages say neither whom it asked nor, mostly, anything at all.
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new IOException(
          "the package store can't be reached at %s: %s".formatted(request.uri(), why), e);
    }
  }

  private HttpRequest request(String host, String filename) throws IOException {
    String name = URLEncoder.encode(filename, StandardCharsets.UTF_8).replace("+", "%20");
    String base = host.replaceAll("/+$", "");
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(base + "/api/file/default/" + name)).timeout(ANSWER);
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      return request.GET().build();
    } catch (IllegalArgumentException e) {
      throw new PackageRejectedException(
          "websitehost \"%s\" is not an http URL, packages can't be fetched".formatted(base));
    }
  }

  private static String refusal(String filename, HttpResponse<InputStream> response) {
    return switch (response.statusCode()) {
      case 404 -> "the package store has no package \"%s\"".formatted(filename);
      case 401, 403 ->
          "the package store refused this agent's cluster token; compare the token files";
      default ->
          "the package store answered %d to %s".formatted(response.statusCode(), response.uri());
    };
  }

  /** The client's own timeout ends with the headers; a body that stalls is ended by the clock. */
  private static void copyInTime(InputStream body, OutputStream to, long size) throws IOException {
    long seconds = ANSWER.toSeconds() + size / SLOWEST_BYTES_PER_SECOND;
    CountDownLatch done = new CountDownLatch(1);
    Thread guard =
        Thread.ofVirtual()
            .name("package-fetch-guard")
            .unstarted(() -> {
              try {
                if (!done.await(seconds, TimeUnit.SECONDS)) {
                  body.close();
                }
              } catch (InterruptedException | IOException e) {
                Thread.currentThread().interrupt();
              }
            });
    guard.start();
    try {
      copy(body, to, size + 1);
    } catch (IOException e) {
      throw new IOException("the package could not be read to its end: " + e.getMessage(), e);
    } finally {
      done.countDown();
    }
  }

  private static void copy(InputStream from, OutputStream to, long max) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long left = max;
    while (left > 0) {
      int count = from.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        return;
      }
      to.write(buffer, 0, count);
      left -= count;
    }
  }
}
