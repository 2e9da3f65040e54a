package io.cloudtask.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way from one process to a server, for any protocol. While it is cut it is silent in both
 * directions, as a network is that loses every packet; afterwards what waited arrives, late.
 */
final class Wire implements AutoCloseable {
  private final ServerSocket door;
  private final int target;
  private final Passage passage = new Passage();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  Wire(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  void cut() {
    passage.cut();
  }

  void mend() {
    passage.mend();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        sockets.add(caller);
        Thread.ofVirtual().start(() -> connect(caller));
      } catch (IOException e) {
        // The door is closed.
      }
    }
  }

  private void connect(Socket caller) {
    passage.pass();
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      Thread.ofVirtual().start(() -> carry(server, caller));
      carry(caller, server);
    } catch (IOException e) {
      hangUp(caller);
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] piece = new byte[8192];
    try {
      for (int read = from.getInputStream().read(piece);
          read >= 0;
          read = from.getInputStream().read(piece)) {
        passage.pass();
        to.getOutputStream().write(piece, 0, read);
      }
    } catch (IOException e) {
      // One of them has hung up.
    } finally {
      hangUp(from);
      hangUp(to);
    }
  }

  private void hangUp(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    passage.mend();
    sockets.forEach(this::hangUp);
  }
}
