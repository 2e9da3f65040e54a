package io.cloudtask.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.model.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;

/**
 * Whatever comes over the wire: the answer is no fault of ours, and honest callers notice nothing.
 * The same bytes are sent each time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestsTest {
  private static final long SEED = Long.getLong("hostile.seed", 20_260_615);
  private static final int MUTANTS_PER_REQUEST = Integer.getInteger("hostile.mutants", 20);
  private static final int NOISES_PER_PORT = 60;
  private static final int MEGABYTES_10 = 10 * 1024 * 1024;

  @TempDir static Path dir;
  private StandaloneProcess standalone;
  private List<RawRequest> honest = List.of();

  @BeforeAll
  void start() throws Exception {
    standalone = StandaloneProcess.start(dir.resolve("data"));
    honestRequestsAreAnswered();
    honest = new HonestRequests(standalone, dir.resolve("data")).all();
  }

  @AfterAll
  void stop() throws Exception {
    try (StandaloneProcess ends = standalone) {
      assertThat(ProcessHandle.of(ends.pid()).map(ProcessHandle::isAlive)).contains(true);
      honestRequestsAreAnswered();
    }
  }

  @Test
  void spoilt_bytes_and_noise_cause_no_fault() throws IOException {
    Mutations mutations = new Mutations(new Random(SEED));
    Verdicts verdicts = new Verdicts();
    for (RawRequest request : honest) {
      for (int i = 0; i < MUTANTS_PER_REQUEST; i++) {
        verdicts.add(request.server(), mutations.spoilt(request));
      }
    }
    for (URI server : List.of(standalone.console(), standalone.center(), standalone.agent())) {
      for (int i = 0; i < NOISES_PER_PORT; i++) {
        verdicts.add(server, mutations.noise());
      }
    }
    verdicts.check();
  }

  @Test
  void a_wrong_value_in_any_place_of_a_request_causes_no_fault() throws IOException {
    Verdicts verdicts = new Verdicts();
    for (RawRequest request : honest) {
      for (String target : WrongValues.targets(request).toList()) {
        verdicts.add(request.server(), request.withTarget(target).bytes());
      }
      for (RawRequest other : WrongValues.headers(request).toList()) {
        verdicts.add(other.server(), other.bytes());
      }
      if (request.body().length > 0 && request.body()[0] == '{') {
        for (byte[] body : WrongValues.bodies(request.body()).toList()) {
          verdicts.add(request.server(), request.withBody(body).bytes());
        }
      }
    }
    verdicts.check();
  }

  @Test
  void ten_megabytes_of_anything_are_answered_two_at_a_time() throws Exception {
    Verdicts verdicts = new Verdicts();
    RawRequest apply =
        honest.stream()
            .filter(request -> request.target().startsWith("/api/v1/apply"))
            .findFirst()
            .orElseThrow();
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Future<?>> sent = new ArrayList<>();
      for (String piece :
          List.of("[", "{\"a\":", "x", "- {}\n", "- {name: a, command: b}\n", "\0")) {
        byte[] body = piece.repeat(MEGABYTES_10 / piece.length()).getBytes(StandardCharsets.UTF_8);
        sent.add(two.submit(() -> verdicts.add(apply.server(), apply.withBody(body).bytes())));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
    assertThat(verdicts.faults).isEmpty();
    assertThat(verdicts.refused).hasValue(6);
  }

  private void honestRequestsAreAnswered() throws IOException {
    SoftAssertions each = new SoftAssertions();
    for (RawRequest request : new HonestRequests(standalone, dir.resolve("data")).all()) {
      // 409: what it makes is there already; 404: the agent has handed the run's files over;
      // 412: the request before has changed it.
      String answer = request.answer();
      each.assertThat(RawRequest.statusOf(answer))
          .as("%s %s -> %s", request.method(), request.target(), answer)
          .isIn(200, 201, 202, 204, 206, 304, 404, 409, 412);
    }
    each.assertAll();
  }

  /** What was answered to many requests. */
  private static final class Verdicts {
    private static final int SHOWN = 500;
    private static final Pattern JSON =
        Pattern.compile("^HTTP[^{]*Content-Length: ([1-9][0-9]*)\\s[^{]*json", Pattern.DOTALL);

    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    Void add(URI server, byte[] request) throws IOException {
      String answer = RawRequest.send(server, request);
      int status = RawRequest.statusOf(answer);
      if (status >= 500 && status != 501 && status != 505) {
        faults.add(shown(request) + "\n---> " + answer);
      } else if (!isWhole(answer)) {
        faults.add(shown(request) + "\n---> no JSON: " + answer);
      }
      served.addAndGet(status / 100 == 2 ? 1 : 0);
      refused.addAndGet(status / 100 == 4 ? 1 : 0);
      return null;
    }

    /** Nothing is proved by requests of which none, or each, was taken. */
    void check() {
      assertThat(faults).isEmpty();
      assertThat(served).hasValueGreaterThan(100);
      assertThat(refused).hasValueGreaterThan(1000);
    }

    /** Whether an answer that says that it is JSON is. Only the first of several is looked at. */
    private static boolean isWhole(String answer) {
      Matcher json = JSON.matcher(answer);
      if (!json.find()) {
        return true;
      }
      int body = answer.indexOf("\r\n\r\n") + 4;
      int end = Math.min(answer.length(), body + Integer.parseInt(json.group(1)));
      try {
        Json.MAPPER.readTree(answer.substring(body, end).getBytes(StandardCharsets.ISO_8859_1));
        return true;
      } catch (JacksonException e) {
        return false;
      }
    }

    private static String shown(byte[] request) {
      String text = new String(request, StandardCharsets.UTF_8);
      return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
  }
}
