package io.cloudtask.benchmarks.scale;

import io.cloudtask.benchmarks.Bench;
import io.cloudtask.benchmarks.Benchmark;
import io.cloudtask.benchmarks.figure.Figure;
import io.cloudtask.benchmarks.figure.Goal;
import io.cloudtask.benchmarks.figure.Growth;
import io.cloudtask.benchmarks.figure.Samples;
import io.cloudtask.benchmarks.process.Cluster;
import io.cloudtask.benchmarks.process.Launched;
import io.cloudtask.benchmarks.process.Proc;
import io.cloudtask.benchmarks.process.Rest;
import io.cloudtask.benchmarks.process.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code scale}: what deployments of ten thousand agents ask of coordinator and centers, by the
 * arithmetic of {@link Deployment} and by what one request was measured to cost here.
 */
public final class ScaleBenchmark implements Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int JOBS_OF_AN_AGENT = 500;
  private static final double RUNS_OF_A_JOB = 1.0 / 600;
  private static final int CENTERS = 3;

  /** {@code jute.maxbuffer}: a client of ZooKeeper refuses a longer answer. */
  private static final double LONGEST_ANSWER = 0xfffff;

  private static final double KILO = 1024;

  @Override
  public String name() {
    return "scale";
  }

  @Override
  public String about() {
    return "on paper: 100, 1,000 and 10,000 agents with 500 jobs each; against what coordinator and"
        + " center were measured to bear";
  }

  @Override
  public void run(Bench bench) throws Exception {
    Cluster cluster =
        bench.closing(
            Cluster.prepare(bench.home(), bench.directory("cluster"), Cluster.Settings.USUAL));
    bench.say("writes of the coordinator");
    double writes = CoordinatorLoad.writesPerSecond(cluster.coordinator(), bench.choose(2, 8));
    bench.say("conditional requests of the center");
    double seconds = secondsOfAnAsking(cluster, bench.choose(500, 4000));
    List<Growth.Point> join = new ArrayList<>();
    for (int agents : List.of(100, 1000, 10_000)) {
      long jobs = (long) agents * JOBS_OF_AN_AGENT;
      Deployment deployment = new Deployment(agents, CENTERS, jobs, jobs * RUNS_OF_A_JOB);
      add(bench, deployment, writes, seconds);
      join.add(new Growth.Point(agents, deployment.joinBytes() / KILO / KILO));
    }
    bench.add(new Growth("scale.join, read by all when one comes", "agents", "MB", join));
  }

  private static void add(Bench bench, Deployment deployment, double writes, double seconds) {
    String prefix = "scale." + deployment.agents();
    bench.add(
        paper(prefix + ".coordinator.writes", "1/s", deployment.coordinatorWrites())
            .limit("one server, measured", writes)
            .goal(Goal.ratioAtMost(1)));
    bench.add(
        paper(prefix + ".coordinator.names", "kB", deployment.namesBytes() / KILO)
            .limit("jute.maxbuffer", LONGEST_ANSWER / KILO)
            .goal(Goal.ratioAtMost(1)));
    bench.add(paper(prefix + ".coordinator.reads", "1/s", deployment.coordinatorReads()));
    bench.add(paper(prefix + ".join", "MB", deployment.joinBytes() / KILO / KILO));
    bench.add(
        paper(prefix + ".center.asks", "cores", deployment.asks() * seconds)
            .note("%.0f/s at %.2f ms".formatted(deployment.asks(), seconds * 1000)));
    bench.add(
        paper(prefix + ".commits", "1/s", deployment.batches(0.02))
            .note(
                "%,d jobs, %,.0f runs/s, a batch takes 20 ms"
                    .formatted(deployment.jobs(), deployment.runs())));
  }

  private static Figure paper(String name, String unit, double value) {
    return Figure.lower(name, unit, Samples.of(value));
  }

  /** Of a processor, to tell an agent that nothing has changed. */
  private static double secondsOfAnAsking(Cluster cluster, int count) throws Exception {
    Launched center = cluster.startCenter();
    Launched agent = cluster.startAgent("agent");
    Rest api = cluster.api();
    Until.holds("the agent is there", PATIENCE, () -> !api.agents().isEmpty());
    URI jobs =
        URI.create(
            center.ready("center")
                + "/cloudtask/v2/agents/"
                + api.agents().getFirst().key()
                + "/jobs");
    agent.close();
    String token = Files.readString(cluster.clusterToken()).strip();
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<byte[]> first = ask(http, jobs, token, "\"\"");
    String etag = first.headers().firstValue("ETag").orElse("\"\"");
    Proc process = new Proc(center.pid());
    double seconds = 0;
    for (int round = 0; round < 2; round++) { // the first one warms up
      Duration before = process.processorTime();
      for (int i = 0; i < count; i++) {
        if (ask(http, jobs, token, etag).statusCode() != 304) {
          throw new IOException("the center sends the set again, although nothing has changed");
        }
      }
      seconds = process.processorTime().minus(before).toNanos() / 1e9 / count;
    }
    return seconds;
  }

  private static HttpResponse<byte[]> ask(HttpClient http, URI jobs, String token, String etag)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(jobs)
            .header("Authorization", "Bearer " + token)
            .header("If-None-Match", etag)
            .build();
    return http.send(request, BodyHandlers.ofByteArray());
  }
}
