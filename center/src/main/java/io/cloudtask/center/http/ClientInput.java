package io.cloudtask.center.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a client sends. The web server throws unchecked exceptions when a client breaks off, is too
 * slow or sends no chunk where one was announced; for everybody else that is a failed read.
 */
final class ClientInput extends FilterInputStream {
  /** The client did not send what it had promised. */
  static final class BrokenOffException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenOffException(RuntimeException cause) {
      super("the client broke it off", cause);
    }
  }

  ClientInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return in.read(buffer, offset, length);
    } catch (RuntimeException e) {
      throw new BrokenOffException(e);
    }
  }

  @Override
  public long skip(long n) throws IOException {
    try {
      return in.skip(n);
    } catch (RuntimeException e) {
      throw new BrokenOffException(e);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
