package io.cloudtask.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * At least one good request for every route of all three ports. Of the console port none can be
 * forgotten, see {@link HonestRest}.
 */
final class HonestRequests {
  private final URI console;
  private final URI center;
  private final URI agent;
  private final String admin;
  private final String cluster;
  private final List<RawRequest> all = new ArrayList<>();

  HonestRequests(StandaloneProcess standalone, Path data) throws IOException {
    console = standalone.console();
    center = standalone.center();
    agent = standalone.agent();
    admin = Files.readString(data.resolve("admin-token")).strip();
    cluster = Files.readString(data.resolve("cluster-token")).strip();
    Api api = standalone.api();
    RestObjects objects = new RestObjects(api);
    RestDescription description = new RestDescription(api.get("/api/v1/openapi.yaml"));
    all.addAll(new HonestRest(console, admin, objects).all(description));
    String jobid = objects.seed().jobid();
    packages();
    wire(jobid);
    exchange(api.job("nobodys").jobid());
    agent(jobid, objects.run().runid());
  }

  List<RawRequest> all() {
    return List.copyOf(all);
  }

  /** What stands beside the description of the API. */
  private void packages() {
    RawRequest get = RawRequest.of(console, "GET /api/file/default/x.zip", admin, "");
    add(get.with("Range", "bytes=0-3"));
  }

  private void wire(String jobid) {
    for (String target :
        List.of(
            "_ping",
            "jobs/" + jobid + "/base",
            "runtimes/local/jobsalloc",
            "runtimes/local/nowhere.example/jobsalloc",
            "runtimes/local/servers")) {
      get(center, "/cloudtask/v2/" + target, cluster);
    }
    String stop = "{\"runtime\":\"local\",\"jobid\":\"" + jobid + "\",\"action\":\"stop\"}";
    add(RawRequest.of(center, "PUT /cloudtask/v2/jobs/action", cluster, stop));
    String message =
        "{\"msgname\":\"JobExecute\",\"msgid\":\"m\",\"jobid\":\""
            + jobid
            + "\",\"location\":\"local\","
            + "\"key\":\"k\",\"ipaddr\":\"i\",\"state\":0,\"execerr\":\"\",\"execat\":\"2018-03-19T00:00:00Z\","
            + "\"nextat\":\"0001-01-01T00:00:00Z\",\"timestamp\":1521633276000000000}";
    add(RawRequest.of(center, "POST /cloudtask/v2/messages", cluster, message));
    String select =
        "{\"msgname\":\"JobSelect\",\"msgid\":\"n\",\"jobid\":\""
            + jobid
            + "\",\"location\":\"local\","
            + "\"nextat\":\"0001-01-01T00:00:00Z\",\"timestamp\":1521633276000000000}";
    add(RawRequest.of(center, "POST /cloudtask/v2/messages", cluster, select));
    String event =
        "{\"msgname\":\"SystemEvent\",\"msgid\":\"o\",\"event\":\"create_job\",\"runtime\":\"local\","
            + "\"jobids\":[\""
            + jobid
            + "\"],\"groupids\":[],\"timestamp\":1521633276000000000}";
    add(RawRequest.of(center, "POST /cloudtask/v2/messages", cluster, event));
    String log =
        "{\"jobid\":\""
            + jobid
            + "\",\"msgid\":\"l\",\"event\":\"e\",\"group\":\"g\",\"stat\":0,"
            + "\"location\":\"local\",\"command\":\"c\",\"workdir\":\"w\",\"ipaddr\":\"i\",\"stdout\":\"o\","
            + "\"errout\":\"e\",\"execerr\":\"\",\"execat\":\"2018-03-19T00:00:00Z\",\"exectimes\":1.5,"
            + "\"createat\":1521633276000}";
    add(RawRequest.of(center, "POST /cloudtask/v2/logs", cluster, log));
  }

  /** What an agent says, in the name of one that is not there. */
  private void exchange(String jobid) {
    String us = "/cloudtask/v2/agents/" + UUID.randomUUID();
    String run = "0123456789abcdef0123456789abcdef";
    String hello =
        "{\"incarnation\":\"one\",\"sequence\":9,\"clock\":1781553600000,\"node\":{\"type\":2,"
            + "\"hostname\":\"h\",\"datacenter\":\"\",\"location\":\"local\",\"os\":\"linux\",\"platform\":\"amd64\","
            + "\"ipaddr\":\"10.0.0.9\",\"apiaddr\":\"http://10.0.0.9:8600\",\"pid\":1,\"singin\":true,"
            + "\"timestamp\":1781553600,\"alivestamp\":1781553600,\"attach\":\"eyJqb2JtYXhjb3VudCI6MjU1fQo=\"}}";
    String job = "\"jobid\":\"" + jobid + "\",\"version\":1,";
    String reports =
        "{\"incarnation\":\"one\",\"reports\":["
            + "{\"sequence\":1,\"fact\":{\"fact\":\"took\","
            + job
            + "\"span\":1,\"effective\":\"2026-06-15T20:00:00Z\",\"zone\":\"UTC\"}},"
            + "{\"sequence\":2,\"fact\":{\"fact\":\"granted\","
            + job
            + "\"runid\":\""
            + run
            + "\",\"fireat\":\"2026-06-15T20:00:00Z\","
            + "\"grantedat\":\"2026-06-15T20:00:00Z\",\"attempt\":0,\"trigger\":\"schedule\",\"queued\":false,\"after\":\"2026-06-15T19:00:00Z\"}},"
            + "{\"sequence\":3,\"fact\":{\"fact\":\"started\",\"jobid\":\""
            + jobid
            + "\",\"runid\":\""
            + run
            + "\",\"startedat\":\"2026-06-15T20:00:00Z\",\"pid\":7}},"
            + "{\"sequence\":4,\"fact\":{\"fact\":\"ended\",\"jobid\":\""
            + jobid
            + "\",\"runid\":\""
            + run
            + "\",\"state\":\"failed\",\"exitcode\":1,\"signal\":9,"
            + "\"endedat\":\"2026-06-15T20:00:01Z\",\"reason\":\"r\"}},"
            + "{\"sequence\":5,\"fact\":{\"fact\":\"gap\","
            + job
            + "\"first\":\"2026-06-15T20:00:00Z\",\"last\":\"2026-06-15T20:00:00Z\",\"count\":1,"
            + "\"reason\":\"overlap\",\"after\":\"2026-06-15T19:00:00Z\"}},"
            + "{\"sequence\":6,\"fact\":{\"fact\":\"fault\","
            + job
            + "\"reason\":\"r\"}},"
            + "{\"sequence\":7,\"fact\":{\"fact\":\"dropped\",\"jobid\":\""
            + jobid
            + "\",\"span\":1,\"at\":\"2026-06-15T20:00:00Z\"}}],"
            + "\"outputs\":[{\"runid\":\""
            + run
            + "\",\"stream\":\"stdout\",\"size\":3,\"cutfrom\":0,\"cutto\":0,\"data\":\"YWJj\"}]}";
    add(RawRequest.of(center, "POST " + us + "/hello", cluster, hello));
    get(center, us + "/jobs", cluster);
    all.addLast(all.removeLast().with("If-None-Match", "\"7\""));
    add(RawRequest.of(center, "POST " + us + "/reports", cluster, reports));
    String lease = "{\"incarnation\":\"one\",\"clock\":1781553600000}";
    add(RawRequest.of(center, "POST " + us + "/lease", cluster, lease));
    String claims =
        "{\"incarnation\":\"one\",\"claims\":[{\"jobid\":\""
            + jobid
            + "\",\"fireat\":\"2026-06-15T20:00:00Z\"}]}";
    add(RawRequest.of(center, "POST " + us + "/claims", cluster, claims));
    add(
        RawRequest.of(
            center,
            "PUT " + us + "/runs/" + run + "/output/stderr?size=3&cutfrom=0&cutto=0",
            cluster,
            "abc"));
  }

  private void agent(String jobid, String runid) {
    for (String target :
        List.of(
            "_ping", "jobs", "jobs/" + jobid, "runs/" + runid + "/output/stdout?from=0&max=10")) {
      get(agent, "/cloudtask/v2/" + target, cluster);
    }
    String stop =
        "{\"runtime\":\"local\",\"jobid\":\""
            + jobid
            + "\",\"action\":\"stop\",\"runid\":\""
            + runid
            + "\"}";
    add(RawRequest.of(agent, "PUT /cloudtask/v2/jobs/action", cluster, stop));
    add(RawRequest.of(agent, "POST /cloudtask/v2/jobsalloc", cluster, ""));
  }

  private void get(URI server, String target, String token) {
    add(RawRequest.of(server, "GET " + target, token, ""));
  }

  private void add(RawRequest request) {
    all.add(request);
  }
}
