package io.cloudtask.store;

import io.cloudtask.model.exchange.RunOutput;
import java.io.ByteArrayInputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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
    Map<String, Set<String>> known = known(outputs);
    SqlOutputs one = new SqlOutputs(handle);
    List<RunOutput> fresh = new ArrayList<>();
    for (RunOutput output : outputs) {
      boolean there = known.getOrDefault(output.runid(), Set.of()).contains(output.stream());
      byte[] data = output.data();
      if (data != null && !SqlOutputs.fits(row(output), data.length)) {
        LOG.log(
            Level.WARNING,
            "{0} of run {1} is kept as cut: {2} bytes came, which does not agree with {3}",
            output.stream(),
            output.runid(),
            data.length,
            row(output));
        one.put(cut(output), new ByteArrayInputStream(new byte[0]));
      } else if (data == null && !there) {
        one.put(cut(output), new ByteArrayInputStream(new byte[0]));
      } else if (data != null && !there && data.length <= SqlOutputs.INLINE) {
        fresh.add(output);
      } else if (data != null) {
        one.put(row(output), new ByteArrayInputStream(data));
      }
    }
    insert(fresh);
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

  private void insert(List<RunOutput> outputs) {
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
