package io.cloudtask.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer over HTTP. It uses the plain client of java.base: java.net.http sets
 * up TLS even when nobody asked for it, which costs more time than all the rest of a command.
 */
final class Exchange {
  static {
    // A POST that broke may have been carried out: it is for the user to repeat.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private static final int CONNECT_MILLIS = 5_000;

  /** Longer than the longest long poll (20 s) of the API, and than hashing a big package. */
  private static final int ANSWER_MILLIS = 120_000;

  private final Target target;

  Exchange(Target target) {
    this.target = target;
  }

  /** A request; its path begins with a slash. */
  record Ask(String method, String path, Map<String, String> headers, @Nullable Body body) {}

  /** The body of a request: its size in bytes, and how they are written. */
  record Body(long size, Writer writer) {
    static final Body NONE = of("");

    /** Writes the bytes. */
    interface Writer {
      void writeTo(OutputStream out) throws IOException;
    }

    static Body of(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Body(bytes.length, out -> out.write(bytes));
    }
  }

  /** An answer that is no refusal; its body is read while it arrives. */
  record Answer(HttpURLConnection connection, InputStream body) implements AutoCloseable {
    Optional<String> header(String name) {
      return Optional.ofNullable(connection.getHeaderField(name));
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  /** Sends a request; whatever is not 2xx is a failure with what the center said. */
  Answer send(Ask ask) throws Failure {
    try {
      HttpURLConnection connection = connect(ask);
      IOException unsent = write(connection, ask.body());
      int status = status(connection, unsent);
      if (status / 100 == 2) {
        return new Answer(connection, connection.getInputStream());
      }
      try (InputStream said = errors(connection)) {
        throw Refusals.of(status, said.readAllBytes(), target);
      }
    } catch (IOException e) {
      throw broken(e);
    }
  }

  byte[] readAll(Answer answer) throws Failure {
    try {
      return answer.body().readAllBytes();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  Failure broken(IOException e) {
    String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new Failure("the connection to " + target.url() + " broke: " + what, e);
  }

  private HttpURLConnection connect(Ask ask) throws IOException, Failure {
    URI uri = URI.create(target.url() + ask.path());
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    if (target.authorities() != null && connection instanceof HttpsURLConnection secured) {
      secured.setSSLSocketFactory(Trust.of(target.authorities()));
    }
    connection.setRequestMethod(ask.method());
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(ANSWER_MILLIS);
    connection.setUseCaches(false);
    ask.headers().forEach(connection::setRequestProperty);
    if (target.token() != null) {
      connection.setRequestProperty("Authorization", "Bearer " + target.token());
    }
    if (ask.body() != null) {
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(ask.body().size());
    }
    try {
      connection.connect();
    } catch (SSLException e) {
      throw new Failure(
          target.url()
              + " can't be trusted, or speaks no TLS: "
              + e.getMessage()
              + "; name the certificates of its authority with --cafile",
          e);
    } catch (IOException e) {
      throw new Failure(
          "nothing listens at "
              + target.url()
              + ": start it with 'cloudtask standalone', or name another with --url or --data",
          e);
    }
    return connection;
  }

  /**
   * A center may refuse before it has read everything: then its answer says why, not this fault.
   */
  private static @Nullable IOException write(HttpURLConnection connection, @Nullable Body body) {
    if (body == null) {
      return null;
    }
    try (OutputStream out = connection.getOutputStream()) {
      body.writer().writeTo(out);
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static int status(HttpURLConnection connection, @Nullable IOException unsent)
      throws IOException {
    try {
      int status = connection.getResponseCode();
      if (status < 0) {
        throw new IOException("the answer is not HTTP");
      }
      return status;
    } catch (java.net.HttpRetryException e) {
      // What was streamed can't be sent again with credentials; there are none to add anyway.
      return e.responseCode();
    } catch (IOException e) {
      throw unsent == null ? e : unsent;
    }
  }

  private static InputStream errors(HttpURLConnection connection) {
    InputStream errors = connection.getErrorStream();
    return errors == null ? new ByteArrayInputStream(new byte[0]) : errors;
  }
}
