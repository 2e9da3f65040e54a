package io.cloudtask.settings;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The program that runs, as a file. */
public final class Program {
  private Program() {}

  /**
   * The MD5 of the jar that a class comes from. Of a directory of classes, the MD5 of all names and
   * contents in the order of names, so that the same build gives the same digest.
   */
  public static String digest(Class<?> of) throws IOException {
    // The protection domain would tell too, but an AOT cache leaves it empty.
    String name = of.getName();
    URL self = of.getResource(name.substring(name.lastIndexOf('.') + 1) + ".class");
    if (self == null) {
      throw new IOException("the class loader does not tell where " + of + " comes from");
    }
    try {
      if (self.openConnection() instanceof JarURLConnection jar) {
        return digest(Path.of(jar.getJarFileURL().toURI()));
      }
      Path file = Path.of(self.toURI());
      int depth = name.split("\\.", -1).length;
      Path root = file.getRoot().resolve(file.subpath(0, file.getNameCount() - depth));
      return digest(root);
    } catch (URISyntaxException e) {
      throw new IOException("the program is at " + self + ", not in a file", e);
    }
  }

  static String digest(Path program) throws IOException {
    MessageDigest md5 = md5();
    if (Files.isDirectory(program)) {
      for (Path file : filesOf(program)) {
        md5.update(program.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
        update(md5, file);
      }
    } else {
      update(md5, program);
    }
    return HexFormat.of().formatHex(md5.digest());
  }

  private static List<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void update(MessageDigest digest, Path file) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
