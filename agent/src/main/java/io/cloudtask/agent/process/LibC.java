package io.cloudtask.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Calls into the C library of Linux, and their errors. The numbers are those of the 64-bit
 * architectures that {@link GlibcLinux} admits; it alone decides whether this class is used.
 */
final class LibC {
  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_CREAT = 0100;
  static final int O_EXCL = 0200;
  static final int O_APPEND = 02000;
  static final int O_CLOEXEC = 02000000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      withErrno(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      plain("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle STRERROR =
      plain("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private LibC() {}

  /** A function whose result alone says whether it failed. */
  static MethodHandle plain(String name, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
  }

  /**
   * A function that sets errno; it takes the segment of {@link #call} before its own parameters.
   */
  static MethodHandle withErrno(String name, FunctionDescriptor type, Linker.Option... options) {
    Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = Linker.Option.captureCallState("errno");
    return plain(name, type, all);
  }

  /** A call of a function made by {@link #withErrno}. */
  @FunctionalInterface
  interface Call {
    long invoke(MemorySegment errno) throws Throwable;
  }

  /** Calls, and turns a negative result into an exception that holds errno. */
  static long call(String what, Call call) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = invoke(() -> call.invoke(state));
      if (result < 0) {
        throw new NativeException(what, (int) ERRNO.get(state, 0L));
      }
      return result;
    }
  }

  /** A call of a method handle. */
  @FunctionalInterface
  interface Invocation {
    long invoke() throws Throwable;
  }

  /** Calls; what a method handle may throw in theory is an error in our own declarations. */
  static long invoke(Invocation invocation) {
    try {
      return invocation.invoke();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native function could not be called as it is declared", e);
    }
  }

  static int open(Path file, int flags) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(file.toString(), RunScript.FILE_NAMES);
      return (int)
          call(
              "open " + file,
              errno -> (int) OPEN.invokeExact(errno, name, flags | O_CLOEXEC, 0600));
    }
  }

  static void close(int fd) {
    invoke(() -> (int) CLOSE.invokeExact(fd));
  }

  static String message(int errno) {
    MemorySegment[] text = new MemorySegment[1];
    invoke(() -> {
      text[0] = (MemorySegment) STRERROR.invokeExact(errno);
      return 0;
    });
    return text[0].reinterpret(256).getString(0);
  }

  /** A function of the C library failed. */
  static final class NativeException extends IOException {
    private static final long serialVersionUID = 1L;

    final int errno;

    NativeException(String what, int errno) {
      super(what + ": " + message(errno));
      this.errno = errno;
    }
  }
}
