package io.cloudtask.store;

import io.cloudtask.model.rest.RunView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Selects runs with the names of their job and host and with what is kept of their output. */
final class RunViews {
  private record Named(RunRow run, String job, String agent) {}

  private RunViews() {}

  static List<RunView> select(Handle handle, String condition, Object... arguments) {
    List<Named> runs =
        handle
            .select(
                """
                SELECT r.*, COALESCE(j.name, '') AS jobname,
                  COALESCE(g.hostname, r.agentkey) AS hostname
                FROM run r LEFT JOIN job j ON j.jobid = r.jobid
                LEFT JOIN agent g ON g.agentkey = r.agentkey
                WHERE
                """
                    + condition,
                arguments)
            .map((row, context) -> named(row))
            .list();
    List<String> ended =
        runs.stream().filter(n -> n.run.state().terminal()).map(n -> n.run.runid()).toList();
    Map<String, List<RunView.Output>> outputs = outputs(handle, ended);
    return runs.stream().map(n -> view(n, outputs.getOrDefault(n.run.runid(), List.of()))).toList();
  }

  private static Map<String, List<RunView.Output>> outputs(Handle handle, List<String> runids) {
    return new SqlOutputs(handle)
        .list(runids).stream()
            .collect(
                Collectors.groupingBy(
                    Outputs.StreamRow::runid,
                    Collectors.mapping(
                        o -> new RunView.Output(o.stream(), o.size(), o.cutfrom(), o.cutto()),
                        Collectors.toList())));
  }

  private static Named named(ResultSet row) throws SQLException {
    return new Named(RunRow.map(row), row.getString("jobname"), row.getString("hostname"));
  }

  private static RunView view(Named named, List<RunView.Output> outputs) {
    RunRow run = named.run;
    return new RunView(
        run.runid(),
        run.jobid(),
        named.job,
        run.version(),
        run.state(),
        run.trigger(),
        run.attempt(),
        run.fireat(),
        run.startedat(),
        run.endedat(),
        millis(run.fireat(), run.startedat()),
        millis(run.startedat(), run.endedat()),
        run.exitcode(),
        run.signal(),
        run.reason(),
        named.agent,
        run.agentkey(),
        outputs);
  }

  private static @Nullable Long millis(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? null : to.toEpochMilli() - from.toEpochMilli();
  }
}
