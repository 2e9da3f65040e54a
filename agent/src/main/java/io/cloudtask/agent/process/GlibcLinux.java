package io.cloudtask.agent.process;

import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether this host is one whose kernel and C library we call directly: 64-bit Linux with glibc
 * 2.34 or newer.
 */
final class GlibcLinux {
  // The numbers of open flags, signals and structures that we use are the same on these.
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64", "riscv64");

  private static final List<String> FUNCTIONS =
      List.of(
          "posix_spawn_file_actions_addclosefrom_np",
          "posix_spawn_file_actions_addchdir_np",
          "fallocate",
          "epoll_create1",
          "eventfd",
          "waitid",
          "syscall");

  private static final boolean USABLE = linux() && functions();

  private GlibcLinux() {}

  static boolean usable() {
    return USABLE;
  }

  private static boolean linux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")
        && ARCHITECTURES.contains(System.getProperty("os.arch"));
  }

  private static boolean functions() {
    SymbolLookup symbols = Linker.nativeLinker().defaultLookup();
    return FUNCTIONS.stream().allMatch(name -> symbols.find(name).isPresent());
  }
}
