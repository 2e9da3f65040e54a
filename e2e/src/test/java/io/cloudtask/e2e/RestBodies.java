package io.cloudtask.e2e;

import java.util.List;
import java.util.Map;

/** What is sent to the routes of the REST API, by the name of the route. */
final class RestBodies {
  /** The type of the body of an upload. */
  static final String FORM = "multipart/form-data; boundary=XX";

  /** Of whoever is signed in. */
  static final String PASSWORD = "staple correct horse";

  /** Stands for the name of that one. */
  static final String USER_NAME = "USER-NAME";

  private static final String SCHEDULES =
      """
      [{"every": "5m", "between": "08:00-20:00", "from": "2026-01-01", "until": "2099-01-01"},
       {"weekly": {"days": ["mon", "fri"], "at": "09:00", "every": 2}},
       {"monthly": {"week": "last", "weekday": "fri", "at": "09:00", "months": [1, 2]}},
       {"cron": "0 2 * * *"},
       {"id": "w", "enabled": 1, "turnmode": 6, "interval": 1, "startdate": "03/19/2018",
        "enddate": "", "starttime": "00:00", "endtime": "23:59", "selectat": "1,2",
        "monthlyof": {"day": 0, "week": "1:2"}}]\
      """;

  private static final String JOB =
      """
      "command": "x", "timeout": "5m", "servers": ["nowhere.example"], "enabled": true,
      "overlap": "skip", "missed": "last", "startdeadline": 60, "guarantee": "leased",
      "timezone": "UTC", "description": "d", "schedules": %s\
      """
          .formatted(SCHEDULES);

  private static final String FORM_IN_WORDS =
      """
      {"runtime": "local", "group": "seeds", "name": "made", "package": "",
       "env": {"A": "1", "S": {"value": "s", "secret": true}}, "ondisconnect": "10m", %s}\
      """
          .formatted(JOB);

  private static final String FORM_AS_SHOWN =
      """
      {"runtime": "local", "group": "seeds", "name": "edited", "command": "x", "filename": "",
       "env": ["A=1"], "timeout": 300, "servers": ["nowhere.example"], "ondisconnect": null,
       "schedules": []}\
      """;

  private static final String FILE =
      """
      {"runtime": "local", "group": "fuzz", "jobs": [
        {"name": "f", "package": "", "env": {"A": "1"}, %s}]}\
      """
          .formatted(JOB);

  private static final String RULE =
      """
      {"name": "on call", "runtime": "local", "group": "seeds", "kinds": ["failed", "missed"],
       "channel": "webhook", "targets": ["http://127.0.0.1:9/"], "template": "slack",
       "secret": "0123456789abcdef", "enabled": false, "jobid": null}\
      """;

  private static final String GRANTS =
      "[{\"role\": \"owner\", \"runtime\": \"local\", \"group\": \"seeds\"}]";

  private static final String USER =
      """
      {"name": "made", "displayname": "Märta", "mail": "made@example.org", "enabled": true,
       "grants": %s}\
      """
          .formatted(GRANTS);

  private static final Map<String, List<String>> BODIES =
      Map.ofEntries(
          Map.entry(
              "upload",
              List.of(
                  "--XX\r\nContent-Disposition: form-data; name=\"jobFile\"; filename=\"x.zip\"\r\n"
                      + "Content-Type: application/octet-stream\r\n\r\nPK content\r\n--XX--\r\n")),
          Map.entry("drain", List.of("{\"preview\": true}")),
          Map.entry(
              "apply",
              List.of(
                  FILE,
                  "runtime: local\n"
                      + "group: fuzz\n"
                      + "jobs: # all\n"
                      + "  - &a {name: g, command: 'x', servers: [no.where], env: {A: 1}}\n")),
          Map.entry(
              "nextOfFile",
              List.of(
                  "{\"runtime\": \"local\", \"jobs\": [{\"name\": \"f\", \"command\": \"x\"}]}")),
          Map.entry(
              "bulkJobs",
              List.of(
                  "{\"action\": \"package\", \"jobs\": [\"nobodys\"], \"package\": \"x.zip\"}")),
          Map.entry("bulkRuns", List.of("{\"action\": \"stop\", \"jobs\": [\"nobodys\"]}")),
          Map.entry("createJob", List.of(FORM_IN_WORDS, FORM_AS_SHOWN)),
          Map.entry("checkJob", List.of(FORM_IN_WORDS, FORM_AS_SHOWN)),
          Map.entry("changeJob", List.of(FORM_AS_SHOWN, FORM_IN_WORDS)),
          Map.entry("cloneJob", List.of("{\"name\": \"twin\"}")),
          Map.entry("revertJob", List.of("{\"version\": 1}")),
          Map.entry(
              "previewSchedules",
              List.of(
                  "{\"schedules\": %s, \"timezone\": \"UTC\", \"count\": 3}".formatted(SCHEDULES))),
          Map.entry("createRule", List.of(RULE)),
          Map.entry("changeRule", List.of(RULE)),
          Map.entry(
              "putRuntime",
              List.of("{\"description\": \"d\", \"servers\": [\"alpha\"], \"autonomy\": 3600}")),
          Map.entry(
              "putOwners",
              List.of("{\"group\": \"seeds\", \"owners\": [\"%s\"]}".formatted(USER_NAME))),
          Map.entry(
              "signIn",
              List.of("{\"name\": \"%s\", \"password\": \"%s\"}".formatted(USER_NAME, PASSWORD))),
          Map.entry(
              "changePassword",
              List.of("{\"old\": \"%s\", \"new\": \"battery staple horse\"}".formatted(PASSWORD))),
          Map.entry(
              "createToken",
              List.of(
                  "{\"name\": \"t\", \"grants\": %s, \"expiresat\": \"2099-01-01T00:00:00Z\"}"
                      .formatted(GRANTS))),
          Map.entry(
              "createUser",
              List.of(USER.replaceFirst("}$", ", \"password\": \"" + PASSWORD + "\"}"))),
          // A password is hashed at great expense, so there are few requests with one.
          Map.entry("changeUser", List.of(USER, "{\"password\": \"" + PASSWORD + "\"}")));

  private RestBodies() {}

  /** The bodies for a route; none when it takes none. */
  static List<String> of(String operation) {
    return BODIES.getOrDefault(operation, List.of());
  }
}
