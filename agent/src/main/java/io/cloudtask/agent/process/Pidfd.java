package io.cloudtask.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.cloudtask.agent.process.LibC.NativeException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Instant;
import java.util.Optional;

/** A descriptor that means one process, whatever becomes of its pid. */
final class Pidfd {
  private static final MethodHandle SYSCALL =
      LibC.withErrno(
          "syscall",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          Linker.Option.firstVariadicArg(1));
  private static final MethodHandle WAITID =
      LibC.withErrno(
          "waitid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle IOCTL =
      LibC.withErrno(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));

  private static final long SYS_PIDFD_SEND_SIGNAL = 424;
  private static final long SYS_PIDFD_OPEN = 434;

  private static final int P_PID = 1;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;

  // siginfo_t of a child, on 64-bit architectures
  private static final int SIGINFO_BYTES = 128;
  private static final int SI_CODE = 8;
  private static final int SI_PID = 16;
  private static final int SI_STATUS = 24;
  private static final int CLD_EXITED = 1;

  // struct pidfd_info, first version
  private static final int INFO_BYTES = 64;
  private static final int INFO_EXIT_CODE = 60;
  private static final long PIDFD_GET_INFO = 0xC000FF0BL | (INFO_BYTES << 16);
  private static final long PIDFD_INFO_EXIT = 1 << 3;

  private Pidfd() {}

  static int open(long pid) throws NativeException {
    return (int)
        LibC.call(
            "pidfd_open " + pid,
            errno -> (long) SYSCALL.invokeExact(errno, SYS_PIDFD_OPEN, pid, 0L, 0L, 0L));
  }

  static void signal(int pidfd, int signal) throws NativeException {
    LibC.call(
        "pidfd_send_signal " + signal,
        errno ->
            (long)
                SYSCALL.invokeExact(
                    errno, SYS_PIDFD_SEND_SIGNAL, (long) pidfd, (long) signal, 0L, 0L));
  }

  /** Reaps a child that has ended; empty while it has not. Never blocks. */
  static Optional<Exit> reap(long pid, Instant now) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGINFO_BYTES, 8);
      LibC.call(
          "waitid " + pid,
          errno -> (int) WAITID.invokeExact(errno, P_PID, (int) pid, info, WEXITED | WNOHANG));
      if (info.get(JAVA_INT, SI_PID) == 0) {
        return Optional.empty();
      }
      int status = info.get(JAVA_INT, SI_STATUS);
      boolean exited = info.get(JAVA_INT, SI_CODE) == CLD_EXITED;
      return Optional.of(exited ? Exit.ofCode(status, now) : Exit.ofSignal(status, now));
    }
  }

  /**
   * How a process that is not our child ended: Linux 6.15 and newer tell once its parent has reaped
   * it. Empty before, and on older ones.
   */
  static Optional<Exit> exitOfStranger(int pidfd, Instant now) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(INFO_BYTES, 8);
      info.set(JAVA_LONG, 0, PIDFD_INFO_EXIT);
      LibC.call("ioctl", errno -> (int) IOCTL.invokeExact(errno, pidfd, PIDFD_GET_INFO, info));
      if ((info.get(JAVA_LONG, 0) & PIDFD_INFO_EXIT) == 0) {
        return Optional.empty();
      }
      return Optional.of(Exit.ofWaitStatus(info.get(JAVA_INT, INFO_EXIT_CODE), now));
    } catch (NativeException e) {
      return Optional.empty();
    }
  }
}
