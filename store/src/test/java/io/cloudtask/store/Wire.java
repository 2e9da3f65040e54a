package io.cloudtask.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A wire to a server that can be cut: for good, for a while, or after the next commit. */
final class Wire implements AutoCloseable {
  private final int to;
  private final ServerSocket door;
  private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
  private volatile boolean whole = true;
  private volatile boolean losesCommit;

  Wire(int to) throws IOException {
    this.to = to;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Breaks every connection and lets no new one through. */
  void cut() {
    whole = false;
    ends.forEach(Wire::end);
  }

  void mend() {
    losesCommit = false;
    whole = true;
  }

  /** The next commit of an INSERT reaches the server; the wire is cut before the answer comes. */
  void loseTheAnswerToACommit() {
    losesCommit = true;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        if (whole) {
          connect(client);
        } else {
          end(client);
        }
      }
    } catch (IOException e) {
      cut();
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
    ends.add(client);
    ends.add(server);
    AtomicBoolean inserts = new AtomicBoolean();
    Thread.ofVirtual().start(() -> copy(client, server, sent -> note(sent, inserts)));
    Thread.ofVirtual().start(() -> copy(server, client, answer -> !isLost(answer, inserts)));
  }

  /** The pool's own connections commit too, whenever they like: those are let through. */
  private boolean note(String sent, AtomicBoolean inserts) {
    if (losesCommit && sent.contains("INSERT")) {
      inserts.set(true);
    }
    return true;
  }

  private boolean isLost(String answer, AtomicBoolean inserts) {
    return losesCommit && inserts.get() && answer.contains("COMMIT");
  }

  private void copy(Socket from, Socket target, Predicate<String> passes) {
    try (InputStream in = from.getInputStream();
        OutputStream out = target.getOutputStream()) {
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!passes.test(text(buffer, n))) {
          cut();
          return;
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (SocketException e) {
      end(target);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    end(target);
  }

  private static String text(byte[] buffer, int length) {
    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
