package io.cloudtask.agent.journal;

import io.cloudtask.model.json.Json;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;

/**
 * What one flush made durable, whole or not at all. On disk: length of the payload (4 bytes),
 * CRC-32C of the payload (4 bytes), payload (JSON). A frame is written only when the one before is
 * durable, so an interrupted write can only concern the last.
 *
 * @param first sequence of the first entry that takes one; the others follow without a gap
 */
public record Frame(long first, List<Entry> entries) {
  static final int HEADER = 8;

  /** Longest payload that is read, in bytes. */
  static final int MAX_PAYLOAD = 64 << 20;

  public Frame {
    entries = List.copyOf(entries);
  }

  /** The bytes on disk, ready to be written. */
  public ByteBuffer encode() throws JournalException {
    byte[] payload = Json.MAPPER.writeValueAsBytes(this);
    if (payload.length > MAX_PAYLOAD) {
      throw new JournalException(
          "a record of " + payload.length + " bytes is more than the journal takes (64 MiB)");
    }
    return ByteBuffer.allocate(HEADER + payload.length)
        .putInt(payload.length)
        .putInt(crc(payload))
        .put(payload)
        .flip();
  }

  /** Reads a payload. */
  public static Frame decode(byte[] payload) throws JacksonException {
    return Json.MAPPER.readValue(payload, Frame.class);
  }

  static int crc(byte[] payload) {
    CRC32C crc = new CRC32C();
    crc.update(payload);
    return (int) crc.getValue();
  }
}
