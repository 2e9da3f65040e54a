package io.cloudtask.center.packages;

import io.cloudtask.center.http.Refusal;
import io.cloudtask.center.http.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.RequestContext;

/** Takes the one file out of a multipart body, never more of it in memory than a buffer. */
final class Upload {
  /** The field that holds the file. */
  static final String FIELD = "jobFile";

  private static final int BUFFER = 64 * 1024;
  private static final int MAX_PARTS = 16;
  private static final int MAX_PART_HEADER = 8 * 1024;

  private Upload() {}

  /**
   * Writes the file to a path. Other fields are passed over.
   *
   * @param maxBytes that the file may have
   * @throws RefusedException when the body is not such a form, has no such file or several, is
   *     broken off, or too big
   * @throws IOException when the path can't be written
   */
  static void write(String contentType, InputStream body, long maxBytes, Path to)
      throws IOException {
    try {
      boolean found = false;
      FileItemInputIterator parts = new Form().getItemIterator(new Body(contentType, body));
      for (int n = 0; parts.hasNext(); n++) {
        FileItemInput part = parts.next();
        require(n < MAX_PARTS, "the form has more than " + MAX_PARTS + " fields");
        if (FIELD.equals(part.getFieldName())) {
          require(!found, "the form has the field " + FIELD + " twice");
          found = true;
          copy(part.getInputStream(), maxBytes, to);
        }
      }
      require(found, "the form has no field " + FIELD);
    } catch (FileUploadException | UncheckedIOException e) {
      throw broken(e);
    }
  }

  private static void copy(InputStream in, long maxBytes, Path to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
        size += read;
        if (size > maxBytes) {
          throw new RefusedException(tooLarge(maxBytes));
        }
        out.write(buffer, 0, read);
      }
    }
    require(size > 0, "the file is empty");
  }

  /** What the client did not send is its fault, what we can't write is ours. */
  private static int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  static Refusal tooLarge(long maxBytes) {
    return Refusal.of(
        413, "too-large", "the package is larger than the " + maxBytes + " bytes allowed here");
  }

  private static RefusedException broken(Exception cause) {
    return new RefusedException(
        new Refusal(
            400,
            "invalid",
            "the body is not a complete multipart/form-data form",
            "send the file as the field " + FIELD + ": " + cause.getMessage(),
            List.of()));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new RefusedException(Refusal.invalid(message));
    }
  }

  private record Body(String contentType, InputStream stream) implements RequestContext {
    @Override
    public String getCharacterEncoding() {
      return StandardCharsets.UTF_8.name();
    }

    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public String getContentType() {
      return contentType;
    }

    @Override
    public InputStream getInputStream() {
      return stream;
    }

    @Override
    public boolean isMultipartRelated() {
      return false;
    }
  }

  /** The library's reader of parts, of which we use the streaming half only. */
  private static final class Form
      extends AbstractFileUpload<RequestContext, DiskFileItem, DiskFileItemFactory> {
    Form() {
      setMaxPartHeaderSize(MAX_PART_HEADER);
      setHeaderCharset(StandardCharsets.UTF_8);
    }

    @Override
    public FileItemInputIterator getItemIterator(RequestContext request)
        throws FileUploadException, IOException {
      return super.getItemIterator(request);
    }

    @Override
    public Map<String, List<DiskFileItem>> parseParameterMap(RequestContext request) {
      throw new UnsupportedOperationException("parts are streamed");
    }

    @Override
    public List<DiskFileItem> parseRequest(RequestContext request) {
      throw new UnsupportedOperationException("parts are streamed");
    }
  }
}
