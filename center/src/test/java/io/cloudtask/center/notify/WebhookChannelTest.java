package io.cloudtask.center.notify;

import static io.cloudtask.center.notify.Samples.NOW;
import static io.cloudtask.center.notify.Samples.failed;
import static io.cloudtask.center.notify.Samples.letter;
import static io.cloudtask.center.notify.Samples.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudtask.center.notify.Channel.Outcome;
import io.cloudtask.center.secrets.Secrets;
import io.cloudtask.store.RuleRow;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookChannelTest {
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String SECRET = "0123456789abcdef";
  private static final SigningSecrets SECRETS =
      new SigningSecrets(new Secrets("the token of a cluster"));

  private final Channel channel = new WebhookChannel(true, SECRETS, CLOCK);
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicReference<String> heard = new AtomicReference<>("");
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Outcome post(String path) {
    return post(channel, path);
  }

  private Outcome post(Channel used, String path) {
    String url = "http://localhost:" + server.getAddress().getPort() + path;
    RuleRow rule = SECRETS.sealed(Samples.rule(webhook(url, "json", SECRET)));
    return used.send(letter(rule.way(), failed(NOW, "exit code 3")));
  }

  private void answer(String path, int status, String text) {
    server.createContext(
        path,
        exchange -> {
          calls.incrementAndGet();
          hear(exchange);
          if (status / 100 == 3) {
            exchange.getResponseHeaders().add("Location", "/ok");
          }
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  private void hear(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean genuine =
        Posting.signature(SECRET, body, NOW)
            .equals(exchange.getRequestHeaders().getFirst("X-Cloudtask-Signature"));
    heard.set(
        exchange.getRequestHeaders().getFirst("X-Cloudtask-Delivery")
            + " "
            + genuine
            + " "
            + new String(body, StandardCharsets.UTF_8));
  }

  @Test
  void a_letter_arrives_signed_and_with_its_id() {
    answer("/ok", 204, "");
    assertThat(post("/ok")).isEqualTo(new Outcome.Sent());
    assertThat(heard.get()).startsWith("letter-1 true {").contains("exit code 3");
  }

  @Test
  void what_may_pass_is_tried_again_and_what_will_not_is_given_up() {
    answer("/busy", 503, "come\n back");
    answer("/many", 429, "");
    answer("/gone", 410, "no such hook");
    assertThat(post("/busy")).isEqualTo(new Outcome.Failed("the service answered 503: come back"));
    assertThat(post("/many")).isEqualTo(new Outcome.Failed("the service answered 429"));
    assertThat(post("/gone"))
        .isEqualTo(new Outcome.Refused("the service answered 410: no such hook"));
  }

  @Test
  void redirects_are_not_followed() {
    answer("/ok", 204, "");
    answer("/moved", 307, "");
    assertThat(post("/moved")).isEqualTo(new Outcome.Refused("the service answered 307"));
    assertThat(calls).hasValue(1);
  }

  @Test
  void of_an_endless_answer_only_the_beginning_is_read() {
    AtomicLong written = new AtomicLong();
    server.createContext(
        "/flood",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(500, 1L << 30);
          try (OutputStream out = exchange.getResponseBody()) {
            byte[] some = new byte[64 * 1024];
            for (long left = 1L << 30; left > 0; left -= some.length) {
              out.write(some);
              written.addAndGet(some.length);
            }
          }
        });
    assertThat(post("/flood")).isInstanceOf(Outcome.Failed.class);
    assertThat(written.get()).isLessThan(64L << 20);
  }

  @Test
  void a_service_that_hangs_is_left_in_time() {
    CountDownLatch over = new CountDownLatch(1);
    server.createContext(
        "/hang",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Channel impatient = new WebhookChannel(true, Duration.ofMillis(300), SECRETS, CLOCK);
    assertThat(post(impatient, "/hang"))
        .isEqualTo(new Outcome.Failed("the service has not answered after 0.3 s"));
    over.countDown();
  }

  @Test
  void a_service_that_is_not_there_is_tried_again() {
    int port = server.getAddress().getPort();
    server.stop(0);
    Outcome outcome =
        channel.send(
            letter(webhook("http://localhost:" + port + "/", "json", ""), failed(NOW, "")));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void this_host_is_no_target_unless_the_configuration_says_so() {
    answer("/ok", 204, "");
    Channel strict = new WebhookChannel(false, SECRETS, CLOCK);
    assertThat(post(strict, "/ok"))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.why()).contains("notifications.local"));
    String literal = "http://127.0.0.1:" + server.getAddress().getPort() + "/ok";
    assertThat(strict.send(letter(webhook(literal, "json", ""), failed(NOW, ""))))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(calls).hasValue(0);
  }
}
