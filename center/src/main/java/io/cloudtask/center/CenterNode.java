package io.cloudtask.center;

import io.cloudtask.center.wire.WireRoutes;
import io.cloudtask.model.Ids;
import io.cloudtask.model.wire.Node;
import io.cloudtask.model.wire.ServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Who this center is, to the cluster and to deployed clients. Immutable.
 *
 * @param app MD5 of the program file
 * @param config the addresses under which the others find it
 */
record CenterNode(String app, String key, Node node, ServerConfig config) {
  /** Finds out, and makes the key at the first start. */
  static CenterNode of(CenterConfig config, int consolePort, int centerPort, Instant now) {
    String ip = address(config.host());
    String center = "http://" + ip + ":" + centerPort;
    Node node =
        new Node(
            Node.CENTER,
            hostname(),
            "",
            config.runtime(),
            os(),
            platform(),
            ip,
            center,
            ProcessHandle.current().pid(),
            true,
            now.getEpochSecond(),
            now.getEpochSecond(),
            null);
    return new CenterNode(
        programHash(),
        key(CenterConfig.keyFile(config.data())),
        node,
        new ServerConfig("http://" + ip + ":" + consolePort, center));
  }

  /** What {@code _ping} says; no secret is in it. */
  WireRoutes.Ping ping(Instant now) {
    Map<String, Object> systemconfig =
        Map.of(
            "version", "v.3.0.0",
            "websitehost", config.websitehost(),
            "centerhost", config.centerhost(),
            "cluster", Map.of("runtime", node.location()),
            "api", Map.of("hosts", List.of(config.centerhost().substring("http://".length()))));
    return new WireRoutes.Ping(app, key, node.at(now.getEpochSecond(), true), systemconfig);
  }

  private static String key(Path file) {
    try {
      if (Files.exists(file)) {
        String key = Files.readString(file).strip();
        if (!Ids.isNodeKey(key)) {
          throw new IllegalStateException(
              file + " does not hold a key (a lower-case UUID); remove it to get a new one");
        }
        return key;
      }
      String key = UUID.randomUUID().toString();
      Files.writeString(file, key + "\n");
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException("can't read or write the key of this center, " + file, e);
    }
  }

  private static String address(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isAnyLocalAddress()
          ? InetAddress.getLocalHost().getHostAddress()
          : address.getHostAddress();
    } catch (UnknownHostException e) {
      throw new UncheckedIOException("the address " + host + " is not known", e);
    }
  }

  private static String hostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a host whose own name does not resolve; nobody is found by this name
    }
  }

  private static String os() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("win") ? "windows" : name.startsWith("mac") ? "darwin" : "linux";
  }

  private static String platform() {
    return switch (System.getProperty("os.arch", "")) {
      case "aarch64", "arm64" -> "arm64";
      case "x86", "i386", "i686" -> "386";
      default -> "amd64";
    };
  }

  /** Asked of the class path and not of the protection domain, which an AOT cache leaves empty. */
  private static Path programFile() throws IOException, URISyntaxException {
    URL self = CenterNode.class.getResource("CenterNode.class");
    if (self == null) {
      throw new IOException("the class loader does not tell where it found this program");
    }
    return self.openConnection() instanceof JarURLConnection jar
        ? Path.of(jar.getJarFileURL().toURI())
        : Path.of(self.toURI());
  }

  /** Of the jar; of this class where classes are not in a jar. */
  private static String programHash() {
    try {
      Path file = programFile();
      MessageDigest digest = MessageDigest.getInstance("MD5");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | URISyntaxException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("can't read the program file", e);
    }
  }
}
