package io.cloudtask.center.http;

import io.cloudtask.model.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The body of one request, never longer than its route allows. */
final class RequestBody {
  private final InputStream source;
  private final boolean gzip;
  private final long limit;

  RequestBody(InputStream source, boolean gzip, long limit) {
    this.source = source;
    this.gzip = gzip;
    this.limit = limit;
  }

  InputStream stream() {
    try {
      return new LimitedInput(gzip ? new GZIPInputStream(source) : source, limit);
    } catch (IOException e) {
      throw new RefusedException(Refusal.invalid("the body is said to be gzip and is not"));
    }
  }

  byte[] bytes() {
    try (InputStream in = stream()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new RefusedException(
          Refusal.invalid("the body could not be read to its end: " + e.getMessage()));
    }
  }

  String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException(Refusal.invalid("the body is not UTF-8 text"));
    }
  }

  <T> T json(Class<T> type) {
    T value = read(bytes(), type);
    if (value == null) {
      throw new RefusedException(Refusal.invalid("the body is null; it has to be an object"));
    }
    return value;
  }

  private static <T> @Nullable T read(byte[] bytes, Class<T> type) {
    try {
      return Json.MAPPER.readValue(bytes, type);
    } catch (JacksonException e) {
      throw new RefusedException(JsonProblems.refusal(e));
    }
  }
}
