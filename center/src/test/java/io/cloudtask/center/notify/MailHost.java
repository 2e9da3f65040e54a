package io.cloudtask.center.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that speaks TLS, from the first byte or after STARTTLS, and takes mail for the user
 * {@code cloudtask}. It remembers what it heard, and how well that was protected.
 */
final class MailHost implements AutoCloseable {
  static final String USER = "cloudtask";
  static final String PASSWORD = "s3cret of the mail";

  private final ServerSocket listening;
  private final SSLContext tls;
  private final boolean fromTheFirstByte;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  MailHost(SSLContext tls, boolean fromTheFirstByte) throws IOException {
    this("127.0.0.1", tls, fromTheFirstByte);
  }

  /**
   * @param address of loopback
   * @param fromTheFirstByte false: after STARTTLS
   */
  MailHost(String address, SSLContext tls, boolean fromTheFirstByte) throws IOException {
    this.tls = tls;
    this.fromTheFirstByte = fromTheFirstByte;
    this.listening = new ServerSocket(0, 50, InetAddress.getByName(address));
    Thread.ofVirtual().start(this::listen);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Every line, with "tls: " or "plain: " before it. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  private void listen() {
    while (!listening.isClosed()) {
      try (Socket caller = listening.accept()) {
        new Talk(fromTheFirstByte ? secured(caller) : caller).go();
      } catch (IOException e) {
        // The caller has hung up, which is for the test to judge, or the server has ended.
      }
    }
  }

  private Socket secured(Socket caller) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(caller, null, caller.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  /** With one caller. */
  private final class Talk {
    private Socket socket;
    private BufferedReader in;
    private OutputStream out;
    private boolean over;

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.in = reader(socket);
      this.out = socket.getOutputStream();
    }

    private static BufferedReader reader(Socket socket) throws IOException {
      return new BufferedReader(
          new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void go() throws IOException {
      say("220 mail.example.org ESMTP");
      String line = in.readLine();
      while (line != null && !over) {
        heard.add((isSecured() ? "tls: " : "plain: ") + line);
        answer(line);
        line = over ? null : in.readLine();
      }
    }

    private boolean isSecured() {
      return socket instanceof SSLSocket;
    }

    private void answer(String line) throws IOException {
      switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
        case "EHLO" -> {
          say("250-mail.example.org");
          say(isSecured() ? "250 AUTH PLAIN" : "250 STARTTLS");
        }
        case "STARTTLS" -> {
          say("220 go on");
          socket = secured(socket);
          in = reader(socket);
          out = socket.getOutputStream();
        }
        case "AUTH" -> say(knows(line) ? "235 welcome" : "535 5.7.8 wrong user or password");
        case "MAIL", "RCPT" -> say(isSecured() ? "250 ok" : "530 STARTTLS first");
        case "DATA" -> {
          say("354 go on");
          String text = in.readLine();
          while (text != null && !text.equals(".")) {
            heard.add((isSecured() ? "tls: " : "plain: ") + text);
            text = in.readLine();
          }
          say("250 taken");
        }
        case "QUIT" -> {
          say("221 bye");
          over = true;
        }
        default -> say("502 what?");
      }
    }

    private boolean knows(String line) {
      byte[] given = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
      return new String(given, StandardCharsets.UTF_8).endsWith("\0" + USER + "\0" + PASSWORD);
    }

    private void say(String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }
}
