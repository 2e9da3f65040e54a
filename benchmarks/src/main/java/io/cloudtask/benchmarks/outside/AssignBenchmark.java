package io.cloudtask.benchmarks.outside;

import com.sun.net.httpserver.HttpServer;
import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Growth;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Cluster;
import io.cloudtask.benchmarks.process.JobFiles;
import io.cloudtask.benchmarks.process.Launched;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.Until;
import io.cloudtask.model.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code assign}: every definition of an agent is changed at once. The clock runs from the answer
 * to the change until the agent says that the newest revision is in force. Meanwhile the agent's
 * own API is asked again and again, and so is the center's: the first has a goal.
 */
public final class AssignBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration PAUSE = Duration.ofMillis(25);
  private static final int GOAL_JOBS = 10_000;
  private static final double GOAL_MILLIS = 1000;
  private static final double ANSWER_MILLIS = 50;

  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public String name() {
    return "assign";
  }

  @Override
  public String about() {
    return "definitions changed until the agent holds them; against reading the same bytes over"
        + " loopback HTTP";
  }

  @Override
  public void run(Bench bench) throws Exception {
    Cluster cluster =
        bench.closing(
            Cluster.prepare(bench.home(), bench.directory("cluster"), Cluster.Settings.USUAL));
    Launched center = cluster.startCenter();
    Launched agent = cluster.startAgent("agent");
    Rest api = cluster.api();
    Until.holds("the agent is there", PATIENCE, () -> api.isPlaced(0) && !api.agents().isEmpty());
    List<Growth.Point> growth = new ArrayList<>();
    for (int jobs : bench.choose(List.of(1000), List.of(1000, GOAL_JOBS))) {
      bench.say("%,d jobs".formatted(jobs));
      List<Double> taken = new ArrayList<>();
      List<Double> answers = new ArrayList<>();
      List<Double> centers = new ArrayList<>();
      for (int round = 0; round <= bench.choose(2, 5); round++) {
        Change change = change(api, agent, jobs, round);
        if (round > 0) { // the first one makes the jobs
          taken.add(change.millis());
          answers.addAll(change.agent());
          centers.addAll(change.center());
        }
      }
      byte[] set = read(jobSet(center, cluster, api));
      Figure figure =
          Figure.lower("assign." + jobs, "ms", Samples.of(taken))
              .limit("HTTP read of %,d kB".formatted(set.length / 1024), loopback(set));
      bench.add(jobs == GOAL_JOBS ? figure.goal(Goal.atMost(GOAL_MILLIS)) : figure);
      bench.add(
          answering("assign.api.p99." + jobs, answers, "agent").goal(Goal.atMost(ANSWER_MILLIS)));
      bench.add(answering("assign.center.p99." + jobs, centers, "center"));
      growth.add(new Growth.Point(jobs, Samples.of(taken).median()));
    }
    if (growth.size() > 1) {
      bench.add(new Growth("assign", "jobs", "ms", growth));
    }
  }

  private static Figure answering(String name, List<Double> millis, String who) {
    return Figure.lower(name, "ms", Samples.of(Samples.of(millis).percentile(99)))
        .note("%d answers of the %s meanwhile".formatted(millis.size(), who));
  }

  /**
   * One change of all jobs.
   *
   * @param millis until it was in force at the agent
   * @param agent what each answer of the agent took meanwhile, in milliseconds
   * @param center what each answer of the center took meanwhile, in milliseconds
   */
  private record Change(double millis, List<Double> agent, List<Double> center) {}

  private Change change(Rest api, Launched agent, int jobs, int round) throws Exception {
    String file = JobFiles.of("assign", 0, jobs, "true # " + round, JobFiles.FAR_AWAY);
    URI ping = URI.create(agent.ready("agent") + "/cloudtask/v2/_ping");
    AtomicBoolean over = new AtomicBoolean();
    List<Double> agents = new ArrayList<>();
    List<Double> centers = new ArrayList<>();
    Thread agentAsker = asker(over, agents, () -> inForce(ping));
    Thread centerAsker = asker(over, centers, () -> api.get("/api/v1/jobs?limit=20"));
    try {
      api.apply(file);
      long began = System.nanoTime();
      if (round == 0) {
        Until.holds("the agent holds its jobs", PATIENCE, () -> api.isPlaced(jobs));
      }
      long revision = api.agents().getFirst().revision();
      Until.holds("the revision is in force", PATIENCE, LOOK, () -> inForce(ping) >= revision);
      return new Change((System.nanoTime() - began) / 1e6, agents, centers);
    } finally {
      over.set(true);
      agentAsker.join();
      centerAsker.join();
    }
  }

  private static Thread asker(AtomicBoolean over, List<Double> answers, Callable<?> question) {
    return Thread.ofPlatform().start(() -> ask(over, answers, question));
  }

  private static void ask(AtomicBoolean over, List<Double> answers, Callable<?> question) {
    try {
      while (!over.get()) {
        long began = System.nanoTime();
        Object _ = question.call();
        answers.add((System.nanoTime() - began) / 1e6);
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      answers.add(Double.POSITIVE_INFINITY); // shows in the figure
    }
  }

  private long inForce(URI ping) throws IOException, InterruptedException {
    return Json.MAPPER
        .readTree(read(HttpRequest.newBuilder(ping).build()))
        .at("/cache/allocversion")
        .asLong();
  }

  private static HttpRequest jobSet(Launched center, Cluster cluster, Rest api)
      throws IOException, InterruptedException {
    String key = api.agents().getFirst().key();
    String token = Files.readString(cluster.clusterToken()).strip();
    return HttpRequest.newBuilder(
            URI.create(center.ready("center") + "/cloudtask/v2/agents/" + key + "/jobs"))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private byte[] read(HttpRequest request) throws IOException, InterruptedException {
    var response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(request.uri() + " -> " + response.statusCode());
    }
    return response.body();
  }

  /** The median of reading bytes from a server that has them ready, in milliseconds. */
  private double loopback(byte[] bytes) throws IOException, InterruptedException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          try (var body = exchange.getResponseBody()) {
            body.write(bytes);
          }
        });
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        long began = System.nanoTime();
        byte[] _ = read(HttpRequest.newBuilder(uri).build());
        times.add((System.nanoTime() - began) / 1e6);
      }
      return Samples.of(times).median();
    } finally {
      server.stop(0);
    }
  }
}
