package io.cloudtask.store;

import io.cloudtask.model.exchange.RunOutput;
import java.io.ByteArrayInputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Keeps the output that comes with a batch of reports, in one prepared batch as far as it can. */
record OutputTable(Handle handle) {
  private static final Logger LOG = System.getLogger(OutputTable.class.getName());

  /**
   * Keeps streams of runs that have just ended. A stream without data was uploaded before and is
   * left alone; when it never came, or its sizes do not agree, it is kept as one of which
   * everything was cut, because a batch that is refused would come again for ever.
   */
  void keep(List<RunOutput> outputs) {
    if (outputs.isEmpty()) {
      return;
    }
    Map<String, Set<String>> known =
        known(outputs.stream().filter(output -> output.data() == null).toList());
    Map<String, RunOutput> fresh = new LinkedHashMap<>(); // one row may be written once per batch
    for (RunOutput output : outputs) {
      byte[] data = output.data();
      if (data == null) {
        if (!known.getOrDefault(output.runid(), Set.of()).contains(output.stream())) {
          keepCut(output);
        }
      } else if (!SqlOutputs.fits(row(output), data.length)) {
        LOG.log(
            Level.WARNING,
            "{0} of run {1} is kept as cut: {2} bytes came, which does not agree with {3}",
            output.stream(),
            output.runid(),
            data.length,
            row(output));
        keepCut(output);
      } else if (data.length <= SqlOutputs.INLINE) {
        fresh.put(output.runid() + output.stream(), output);
      } else {
        new SqlOutputs(handle).put(row(output), new ByteArrayInputStream(data));
      }
    }
    insert(fresh.values());
  }

  private void keepCut(RunOutput output) {
    new SqlOutputs(handle).put(cut(output), new ByteArrayInputStream(new byte[0]));
  }

  private static Outputs.StreamRow row(RunOutput output) {
    return new Outputs.StreamRow(
        output.runid(), output.stream(), output.size(), output.cutfrom(), output.cutto());
  }

  private static Outputs.StreamRow cut(RunOutput output) {
    long size = Math.max(0, output.size());
    return new Outputs.StreamRow(output.runid(), output.stream(), size, 0, size);
  }

  /** Streams that are kept already, by run. */
  private Map<String, Set<String>> known(List<RunOutput> outputs) {
    List<String> runids = outputs.stream().map(RunOutput::runid).distinct().toList();
    SqlOutputs rows = new SqlOutputs(handle);
    Map<String, Set<String>> known = new HashMap<>();
    for (List<String> some : Columns.slices(runids)) {
      known.putAll(
          rows.list(some).stream()
              .collect(
                  Collectors.groupingBy(
                      Outputs.StreamRow::runid,
                      Collectors.mapping(Outputs.StreamRow::stream, Collectors.toSet()))));
    }
    return known;
  }

  private void insert(Collection<RunOutput> outputs) {
    try (PreparedStatement statement =
        handle
            .getConnection()
            .prepareStatement(
                """
                INSERT INTO output (runid, stream, size, cutfrom, cutto, data)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (runid, stream) DO UPDATE SET size = excluded.size,
                  cutfrom = excluded.cutfrom, cutto = excluded.cutto, data = excluded.data
                """)) {
      for (RunOutput output : outputs) {
        statement.setString(1, output.runid());
        statement.setString(2, output.stream());
        statement.setLong(3, output.size());
        statement.setLong(4, output.cutfrom());
        statement.setLong(5, output.cutto());
        statement.setBytes(6, output.data());
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw Columns.failed("output of %d runs can't be written".formatted(outputs.size()), e);
    }
  }
}
