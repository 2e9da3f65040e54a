package io.cloudtask.agent.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.cloudtask.agent.process.LibC.NativeException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Gives parts of a file back to the file system, where host and file system can. */
final class Holes {
  private static final System.Logger LOG = System.getLogger(Holes.class.getName());
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private static final int KEEP_SIZE = 1;
  private static final int PUNCH_HOLE = 2;
  private static final int EOPNOTSUPP = 95;

  private Holes() {}

  static void punch(Path file, long from, long length) throws IOException {
    if (!GlibcLinux.usable()) {
      sayOnce(file);
      return;
    }
    try {
      Native.punch(file, from, length);
    } catch (NativeException e) {
      if (e.errno != EOPNOTSUPP) {
        throw e;
      }
      sayOnce(file);
    }
  }

  private static void sayOnce(Path file) {
    if (SAID.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "output of runs can''t be capped on disk: the file system of {0} makes no holes; keep the"
              + " save directory on ext4, xfs, btrfs or tmpfs",
          file);
    }
  }

  // Apart, so that the class loads where the C library has no such function.
  private static final class Native {
    private static final MethodHandle FALLOCATE =
        LibC.withErrno(
            "fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

    static void punch(Path file, long from, long length) throws NativeException {
      int fd = LibC.open(file, LibC.O_WRONLY);
      try {
        LibC.call(
            "fallocate " + file,
            errno -> (int) FALLOCATE.invokeExact(errno, fd, PUNCH_HOLE | KEEP_SIZE, from, length));
      } finally {
        LibC.close(fd);
      }
    }
  }
}
