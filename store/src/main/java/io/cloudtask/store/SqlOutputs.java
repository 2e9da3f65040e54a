package io.cloudtask.store;

import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A stream of up to {@link #INLINE} bytes lies in its row, a longer one in pieces. */
record SqlOutputs(Handle handle) implements Outputs {
  static final int INLINE = 32 * 1024;

  @Override
  public void put(StreamRow row, InputStream bytes) {
    check(row);
    handle.execute(
        "DELETE FROM output_piece WHERE runid = ? AND stream = ?", row.runid(), row.stream());
    byte[] inline = null;
    if (row.kept() <= INLINE) {
      inline = next(row, bytes, (int) row.kept());
    } else {
      putPieces(row, bytes);
    }
    if (next(bytes, row) >= 0) {
      throw wrong(row, "more bytes came than it keeps");
    }
    handle.execute(
        """
        INSERT INTO output (runid, stream, size, cutfrom, cutto, data) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (runid, stream) DO UPDATE SET size = excluded.size, cutfrom = excluded.cutfrom,
          cutto = excluded.cutto, data = excluded.data
        """,
        row.runid(),
        row.stream(),
        row.size(),
        row.cutfrom(),
        row.cutto(),
        inline);
  }

  private void putPieces(StreamRow row, InputStream bytes) {
    int piece = 0;
    for (long left = row.kept(); left > 0; left -= CHUNK, piece++) {
      handle.execute(
          "INSERT INTO output_piece (runid, stream, piece, data) VALUES (?, ?, ?, ?)",
          row.runid(),
          row.stream(),
          piece,
          next(row, bytes, (int) Math.min(left, CHUNK)));
    }
  }

  /** Whether so many bytes are exactly what a row says it keeps. */
  static boolean fits(StreamRow row, long bytes) {
    return coherent(row) && bytes == row.kept();
  }

  private static boolean coherent(StreamRow row) {
    boolean whole = row.cutfrom() == 0 && row.cutto() == 0;
    boolean cut = 0 <= row.cutfrom() && row.cutfrom() <= row.cutto() && row.cutto() <= row.size();
    return row.size() >= 0 && (whole || cut);
  }

  private static void check(StreamRow row) {
    if (!coherent(row)) {
      throw wrong(row, "the part that was cut is not inside of it");
    }
  }

  private static byte[] next(StreamRow row, InputStream bytes, int count) {
    try {
      byte[] data = bytes.readNBytes(count);
      if (data.length < count) {
        throw wrong(row, "fewer bytes came than it keeps");
      }
      return data;
    } catch (IOException e) {
      throw new StoreException(
          "%s of run %s can't be read: %s".formatted(row.stream(), row.runid(), e), e);
    }
  }

  private static int next(InputStream bytes, StreamRow row) {
    try {
      return bytes.read();
    } catch (IOException e) {
      throw new StoreException(
          "%s of run %s can't be read: %s".formatted(row.stream(), row.runid(), e), e);
    }
  }

  private static StoreException wrong(StreamRow row, String why) {
    return new StoreException(
        "%s of run %s (%d bytes, cut %d to %d) is not kept: %s"
            .formatted(row.stream(), row.runid(), row.size(), row.cutfrom(), row.cutto(), why));
  }

  Optional<StreamRow> find(String runid, String stream) {
    return list(runid).stream().filter(row -> row.stream().equals(stream)).findFirst();
  }

  @Override
  public List<StreamRow> list(String runid) {
    return list(List.of(runid));
  }

  /** The streams of several runs, by run and name. */
  List<StreamRow> list(List<String> runs) {
    if (runs.isEmpty()) {
      return List.of();
    }
    List<String> runids = Columns.padded(runs);
    return handle
        .select(
            "SELECT runid, stream, size, cutfrom, cutto FROM output WHERE runid IN ("
                + Columns.marks(runids.size())
                + ") ORDER BY runid, stream DESC",
            runids.toArray())
        .map((row, context) -> map(row))
        .list();
  }

  private static StreamRow map(ResultSet row) throws SQLException {
    return new StreamRow(
        row.getString("runid"),
        row.getString("stream"),
        row.getLong("size"),
        row.getLong("cutfrom"),
        row.getLong("cutto"));
  }

  @Override
  public Optional<Part> read(String runid, String stream, long from, int max) {
    if (from < 0 || max < 1) {
      throw new IllegalArgumentException("from is %d, max is %d".formatted(from, max));
    }
    return find(runid, stream).map(row -> part(row, from, max));
  }

  /** Turns an offset of the stream into one of what is kept: the cut lies at no kept byte. */
  private Part part(StreamRow row, long asked, int max) {
    long cut = row.cutto() - row.cutfrom();
    boolean skips = cut > 0 && asked >= row.cutfrom() && asked < row.cutto();
    long from = Math.min(skips ? row.cutto() : asked, row.size());
    boolean beforeCut = cut > 0 && from < row.cutfrom();
    long limit = beforeCut ? row.cutfrom() : row.size();
    int length = (int) Math.min(Math.min(max, CHUNK), limit - from);
    long offset = cut > 0 && !beforeCut && from >= row.cutto() ? from - cut : from;
    byte[] data = length == 0 ? new byte[0] : bytes(row, offset, length);
    long next = from + data.length;
    return new Part(data, from, next, next >= row.size(), skips ? new Cut(asked, from) : null);
  }

  /** Some of the kept bytes, at least one, up to the end of a piece. */
  private byte[] bytes(StreamRow row, long offset, int length) {
    boolean inline = row.kept() <= INLINE;
    byte[] piece = inline ? inline(row) : piece(row, (int) (offset / CHUNK));
    int start = (int) (inline ? offset : offset % CHUNK);
    return Arrays.copyOfRange(piece, start, Math.min(piece.length, start + length));
  }

  private byte[] inline(StreamRow row) {
    return handle
        .select("SELECT data FROM output WHERE runid = ? AND stream = ?", row.runid(), row.stream())
        .mapTo(byte[].class)
        .one();
  }

  private byte[] piece(StreamRow row, int piece) {
    return handle
        .select(
            "SELECT data FROM output_piece WHERE runid = ? AND stream = ? AND piece = ?",
            row.runid(),
            row.stream(),
            piece)
        .mapTo(byte[].class)
        .findOne()
        .orElseThrow(() ->
            new StoreException(
                "piece %d of %s of run %s is missing in the store"
                    .formatted(piece, row.stream(), row.runid())));
  }
}
