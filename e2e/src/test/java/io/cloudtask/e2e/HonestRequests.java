package io.cloudtask.e2e;

import static org.awaitility.Awaitility.await;

import io.cloudtask.model.rest.JobView;
import io.cloudtask.model.rest.RunView;
import io.cloudtask.model.run.RunState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * At least one good request for every route of all three ports; each may be sent again and again.
 */
final class HonestRequests {
  private static final String FORM = "multipart/form-data; boundary=XX";

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
    prepare(api);
    JobView job = api.job("seed");
    RunView run = api.runs("seed").getFirst();
    rest(run.runid(), String.valueOf(job.agentkey()));
    changes();
    packages();
    wire(job.jobid());
    exchange(api.job("nobodys").jobid());
    agent(job.jobid(), run.runid());
  }

  List<RawRequest> all() {
    return List.copyOf(all);
  }

  private static void prepare(Api api) {
    api.apply(
        """
        group: seeds
        jobs:
          - {name: seed, command: "echo seed", schedules: [{daily: "02:30"}]}
          - {name: nobodys, command: "true", servers: [nowhere.example]}
        """);
    await().atMost(Duration.ofSeconds(20)).until(() -> api.job("seed").agent() != null);
    api.post("/api/v1/jobs/seed/start");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> api.runs("seed").stream().anyMatch(run -> run.state() == RunState.SUCCEEDED));
  }

  private void rest(String runid, String agentkey) {
    for (String target :
        List.of(
            "version",
            "packages",
            "runtimes",
            "runtimes/local",
            "agents",
            "agents/" + agentkey,
            "jobs?limit=2&runtime=local&group=seeds&name=seed",
            "jobs/seed",
            "jobs/seed/next?n=3",
            "jobs/seed/why?at=2026-06-15T02:30:00Z",
            "jobs/seed/export",
            "export?runtime=local&group=seeds",
            "runs?job=seed&state=succeeded&limit=2",
            "runs?limit=1&after=0",
            "runs/" + runid,
            "runs/" + runid + "/output/stdout?from=0&wait=0")) {
      get(console, "/api/v1/" + target, admin);
    }
  }

  private void changes() {
    String file =
        "{\"runtime\":\"local\",\"group\":\"fuzz\",\"jobs\":[{\"name\":\"f\",\"command\":\"x\","
            + "\"package\":\"\",\"env\":{\"A\":\"1\"},\"timeout\":\"5m\",\"servers\":[\"nowhere.example\"],"
            + "\"enabled\":true,\"overlap\":\"skip\",\"missed\":\"last\",\"startdeadline\":60,"
            + "\"guarantee\":\"leased\",\"timezone\":\"UTC\",\"description\":\"d\",\"schedules\":["
            + "{\"every\":\"5m\",\"between\":\"08:00-20:00\",\"from\":\"2026-01-01\",\"until\":\"2099-01-01\"},"
            + "{\"weekly\":{\"days\":[\"mon\",\"fri\"],\"at\":\"09:00\",\"every\":2}},"
            + "{\"monthly\":{\"week\":\"last\",\"weekday\":\"fri\",\"at\":\"09:00\",\"months\":[1,2]}},{\"cron\":\"0"
            + " 2 * * *\"},"
            + "{\"id\":\"w\",\"enabled\":1,\"turnmode\":6,\"interval\":1,\"startdate\":\"03/19/2018\","
            + "\"enddate\":\"\",\"starttime\":\"00:00\",\"endtime\":\"23:59\",\"selectat\":\"1,2\","
            + "\"monthlyof\":{\"day\":0,\"week\":\"1:2\"}}]}]}";
    String yaml =
        "group: fuzz\n"
            + "jobs: # all\n"
            + "  - &a {name: g, command: 'x', servers: [no.where], env: {A: 1}}\n";
    post("/api/v1/apply?dryrun=false&prune=false", file);
    post("/api/v1/apply?dryrun=true&prune=true", yaml);
    post("/api/v1/next?n=3", "{\"jobs\":[{\"name\":\"f\",\"command\":\"x\"}]}");
    for (String verb : List.of("start", "stop", "enable", "disable", "enable")) {
      add(
          RawRequest.of(console, "POST /api/v1/jobs/seed/" + verb, admin, "")
              .with("Idempotency-Key", "k"));
    }
    post("/api/v1/jobs/seed/clone", "{\"name\":\"twin\"}");
  }

  private void packages() {
    String form =
        "--XX\r\nContent-Disposition: form-data; name=\"jobFile\"; filename=\"x.zip\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\nPK content\r\n--XX--\r\n";
    RawRequest upload = RawRequest.of(console, "POST /api/file/upload/default/x.zip", admin, form);
    add(upload.with("Content-Type", FORM));
    add(
        RawRequest.of(console, "GET /api/file/default/x.zip", admin, "")
            .with("Range", "bytes=0-3"));
  }

  private void wire(String jobid) {
    for (String target :
        List.of(
            "_ping",
            "jobs/" + jobid + "/base",
            "runtimes/local/jobsalloc",
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

  private void post(String target, String body) {
    add(RawRequest.of(console, "POST " + target, admin, body));
  }

  private void get(URI server, String target, String token) {
    add(RawRequest.of(server, "GET " + target, token, ""));
  }

  private void add(RawRequest request) {
    all.add(request);
  }
}
