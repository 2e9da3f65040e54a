package io.cloudtask.agent.packages;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bounds what a tar reader takes in between two entries: it keeps long names and extended headers
 * whole in memory. Not thread-safe.
 */
final class TarHeaderGuard extends FilterInputStream {
  private static final long LARGEST_HEADER = 1024 * 1024;

  private boolean inHeader;
  private long headerBytes;

  TarHeaderGuard(InputStream in) {
    super(in);
  }

  void headerBegins() {
    inHeader = true;
    headerBytes = 0;
  }

  void contentBegins() {
    inHeader = false;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = in.skip(wanted);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) throws PackageRejectedException {
    if (inHeader) {
      headerBytes += bytes;
      if (headerBytes > LARGEST_HEADER) {
        throw new PackageRejectedException(
            "the package has an entry header of more than %d bytes".formatted(LARGEST_HEADER));
      }
    }
  }
}
