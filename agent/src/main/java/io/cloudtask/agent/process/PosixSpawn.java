package io.cloudtask.agent.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.cloudtask.agent.process.LibC.NativeException;
import io.cloudtask.agent.process.ProcessHost.Program;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * posix_spawn of glibc, which starts twice as many processes per second as the JVM's own launcher
 * and lets us say what the child gets: a session of its own, every signal at its default and none
 * blocked (a JVM, or what started it, may ignore some), no descriptor but its three, its own
 * directory. Thread-safe.
 */
final class PosixSpawn {
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final short SETSID = 0x80;

  private static final MethodHandle SPAWN =
      spawn("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ATTR_INIT = spawn("posix_spawnattr_init", ADDRESS);
  private static final MethodHandle ATTR_FLAGS =
      spawn("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private static final MethodHandle ATTR_DEFAULTS =
      spawn("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
  private static final MethodHandle ATTR_MASK =
      spawn("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
  private static final MethodHandle ACTIONS_INIT = spawn("posix_spawn_file_actions_init", ADDRESS);
  private static final MethodHandle ACTIONS_DESTROY =
      spawn("posix_spawn_file_actions_destroy", ADDRESS);
  private static final MethodHandle ADD_CLOSEFROM =
      spawn("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
  private static final MethodHandle ADD_CHDIR =
      spawn("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
  private static final MethodHandle ADD_OPEN =
      spawn("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);

  // Greater than the structures are on any architecture of glibc (336, 80 and 128 bytes).
  private static final int ATTRIBUTES_BYTES = 512;
  private static final int ACTIONS_BYTES = 256;
  private static final int SIGNAL_SET_BYTES = 128;

  // O_EXCL: a second start in one directory fails in the kernel, whatever went wrong before.
  private static final int OUTPUT = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_APPEND;

  private final MemorySegment attributes;
  private final InheritedEnvironment inherited;

  PosixSpawn(InheritedEnvironment inherited) throws NativeException {
    this.inherited = inherited;
    Arena arena = Arena.ofAuto();
    MemorySegment every = arena.allocate(SIGNAL_SET_BYTES, 8).fill((byte) 0xff);
    MemorySegment none = arena.allocate(SIGNAL_SET_BYTES, 8);
    attributes = arena.allocate(ATTRIBUTES_BYTES, 16);
    MemorySegment a = attributes;
    check("posix_spawnattr_init", () -> (int) ATTR_INIT.invokeExact(a));
    check("posix_spawnattr_setsigdefault", () -> (int) ATTR_DEFAULTS.invokeExact(a, every));
    check("posix_spawnattr_setsigmask", () -> (int) ATTR_MASK.invokeExact(a, none));
    short flags = SETSID | SETSIGDEF | SETSIGMASK;
    check("posix_spawnattr_setflags", () -> (int) ATTR_FLAGS.invokeExact(a, flags));
  }

  /**
   * Starts a program.
   *
   * @return its pid
   * @throws NativeException when nothing was started
   */
  long start(Program program) throws NativeException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pid = arena.allocate(JAVA_INT);
      MemorySegment file = name(arena, program.arguments().getFirst());
      MemorySegment arguments = pointers(arena, program.arguments(), RunScript.FILE_NAMES);
      MemorySegment environment = inherited.with(program.env(), arena);
      MemorySegment actions = arena.allocate(ACTIONS_BYTES, 16);
      check("posix_spawn_file_actions_init", () -> (int) ACTIONS_INIT.invokeExact(actions));
      try {
        describe(actions, program, arena);
        check(
            "posix_spawn",
            () -> (int) SPAWN.invokeExact(pid, file, actions, attributes, arguments, environment));
      } finally {
        LibC.invoke(() -> (int) ACTIONS_DESTROY.invokeExact(actions));
      }
      return pid.get(JAVA_INT, 0);
    }
  }

  // In the order in which the child does them: it first frees descriptors, in case we are short of
  // them, and finds
  // out that the directory is missing before it makes a file.
  private static void describe(MemorySegment actions, Program program, Arena arena)
      throws NativeException {
    MemorySegment directory = name(arena, program.directory().toString());
    check("addclosefrom", () -> (int) ADD_CLOSEFROM.invokeExact(actions, 3));
    check("addchdir", () -> (int) ADD_CHDIR.invokeExact(actions, directory));
    open(actions, arena, 0, Path.of("/dev/null"), LibC.O_RDONLY);
    open(actions, arena, 1, program.stdout(), OUTPUT);
    open(actions, arena, 2, program.stderr(), OUTPUT);
  }

  private static void open(MemorySegment actions, Arena arena, int fd, Path path, int flags)
      throws NativeException {
    MemorySegment file = name(arena, path.toString());
    check("addopen", () -> (int) ADD_OPEN.invokeExact(actions, fd, file, flags, 0600));
  }

  private static MemorySegment name(Arena arena, String text) {
    return arena.allocateFrom(text, RunScript.FILE_NAMES);
  }

  private static MemorySegment pointers(Arena arena, List<String> texts, Charset charset) {
    MemorySegment array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i), charset));
    }
    return array;
  }

  // These functions return the error instead of setting errno.
  private static void check(String what, LibC.Invocation call) throws NativeException {
    int error = (int) LibC.invoke(call);
    if (error != 0) {
      throw new NativeException(what, error);
    }
  }

  private static MethodHandle spawn(String name, java.lang.foreign.MemoryLayout... parameters) {
    return LibC.plain(name, FunctionDescriptor.of(JAVA_INT, parameters));
  }

  /**
   * Our own environment, byte for byte as it was given to us: the JVM's copy depends on the locale.
   */
  static final class InheritedEnvironment {
    private final List<MemorySegment> entries;
    private final List<String> keys;

    /**
     * @param withheld names of variables that are left out
     */
    InheritedEnvironment(byte[] environ, Set<String> withheld) {
      Arena arena = Arena.ofAuto();
      List<String> texts =
          List.of(new String(environ, StandardCharsets.ISO_8859_1).split("\0")).stream()
              .filter(text -> text.indexOf('=') > 0 && !withheld.contains(key(text)))
              .toList();
      entries =
          texts.stream()
              .map(text -> arena.allocateFrom(text, StandardCharsets.ISO_8859_1))
              .toList();
      keys = texts.stream().map(InheritedEnvironment::key).toList();
    }

    private static String key(String text) {
      return text.substring(0, text.indexOf('='));
    }

    /** The array of pointers that exec takes, with additions in place of what has their keys. */
    MemorySegment with(List<String> additions, Arena arena) {
      List<String> replaced = additions.stream().map(InheritedEnvironment::key).toList();
      MemorySegment array = arena.allocate(ADDRESS, (long) entries.size() + additions.size() + 1);
      long next = 0;
      for (int i = 0; i < entries.size(); i++) {
        if (!replaced.contains(keys.get(i))) {
          array.setAtIndex(ADDRESS, next++, entries.get(i));
        }
      }
      for (String addition : additions) {
        array.setAtIndex(ADDRESS, next++, arena.allocateFrom(addition, StandardCharsets.UTF_8));
      }
      return array;
    }
  }
}
