package io.cloudtask.center.notify;

import io.cloudtask.center.secrets.UnreadableSecretException;
import io.cloudtask.store.RuleRow;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.spi.DnsResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts letters as JSON. The address that a name resolves to is judged and then used, so that a
 * name can't mean one place when it is judged and another when it is called. Redirects are not
 * followed, and of an answer no more is read than fits a message.
 */
final class WebhookChannel implements Channel {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_ANSWER = 300;

  private final boolean local;
  private final Duration patience;
  private final SigningSecrets secrets;
  private final Clock clock;

  /**
   * @param local whether targets may be on this host or in its link's network
   */
  WebhookChannel(boolean local, SigningSecrets secrets, Clock clock) {
    this(local, PATIENCE, secrets, clock);
  }

  /**
   * @param patience for how long a service may take in all, however it passes the time
   */
  WebhookChannel(boolean local, Duration patience, SigningSecrets secrets, Clock clock) {
    this.local = local;
    this.patience = patience;
    this.secrets = secrets;
    this.clock = clock;
  }

  /** The name resolves to where webhooks may not go. */
  private static final class ForbiddenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForbiddenException(String message) {
      super(message);
    }
  }

  private final class Judge implements DnsResolver {
    @Override
    public boolean useDefaultJavaResolver() {
      return false;
    }

    @Override
    public InetAddress resolveAddress(String host, DnsAddressLookup lookup) {
      try {
        InetAddress[] all = lookup.filter(InetAddress.getAllByName(host));
        if (!local && Arrays.stream(all).anyMatch(TargetRule::isLocal)) {
          throw new ForbiddenException(
              host
                  + " is this host, its own network or a store of secrets; webhooks may go there"
                  + " only when notifications.local is true in the center's configuration");
        }
        if (all.length == 0) {
          throw new UnknownHostException(host);
        }
        return all[0];
      } catch (UnknownHostException e) {
        throw new UncheckedIOException("the host " + host + " is not known", e);
      }
    }
  }

  @Override
  public Outcome send(Letter letter) {
    try (ExecutorService one = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> posting = one.submit(() -> post(letter));
      try {
        return posting.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        one.shutdownNow(); // which closes the connection that it waits for
        return new Outcome.Failed(
            "the service has not answered after %.1f s".formatted(patience.toMillis() / 1000.0));
      } catch (ExecutionException e) {
        throw new IllegalStateException("a letter can't be posted", e.getCause());
      } catch (InterruptedException e) {
        one.shutdownNow();
        Thread.currentThread().interrupt();
        return new Outcome.Failed("the center ended before the service answered");
      }
    }
  }

  private Outcome post(Letter letter) {
    RuleRow.Way way = letter.rule().way();
    String url = way.targets().getFirst();
    byte[] body = Posting.body(letter);
    WebClient client =
        WebClient.builder()
            .connectTimeout(CONNECT)
            .readTimeout(READ)
            .followRedirects(false)
            .keepAlive(false)
            .shareConnectionCache(false)
            .dnsResolver(new Judge())
            .proxy(io.helidon.webclient.api.Proxy.noProxy())
            .build();
    try {
      var request =
          client
              .post(url)
              .header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
              .header(HeaderNames.USER_AGENT, "Cloudtask")
              .header(HeaderNames.create("X-Cloudtask-Delivery"), letter.id());
      if (!way.secret().isEmpty()) {
        request.header(
            HeaderNames.create("X-Cloudtask-Signature"),
            Posting.signature(secrets.opened(letter.rule()), body, clock.instant()));
      }
      try (HttpClientResponse response = request.submit(body)) {
        return judged(response);
      }
    } catch (ForbiddenException | UnreadableSecretException e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new Outcome.Failed("it can't be posted: " + reason(e));
    } finally {
      client.closeResource();
    }
  }

  private static Outcome judged(HttpClientResponse response) {
    Status status = response.status();
    if (status.family() == Status.Family.SUCCESSFUL) {
      return new Outcome.Sent();
    }
    String answer = "the service answered " + status.code() + start(response);
    return switch (status.code()) {
      case 408, 425, 429 -> new Outcome.Failed(answer);
      default ->
          status.family() == Status.Family.SERVER_ERROR
              ? new Outcome.Failed(answer)
              : new Outcome.Refused(answer);
    };
  }

  private static String start(HttpClientResponse response) {
    if (!response.entity().hasEntity()) {
      return "";
    }
    try (InputStream in = response.inputStream()) {
      String text = new String(in.readNBytes(MOST_ANSWER), StandardCharsets.UTF_8);
      String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
      return line.isEmpty() ? "" : ": " + line;
    } catch (IOException | RuntimeException e) {
      return "";
    }
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
  }
}
