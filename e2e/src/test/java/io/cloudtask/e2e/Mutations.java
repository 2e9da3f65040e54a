package io.cloudtask.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils bytes in the ways that parsers stumble over. The same random source, the same damage. */
final class Mutations {
  private static final List<byte[]> PIECES =
      List.of(
              "\r\n",
              "\n",
              "\0",
              "%",
              "%00",
              "%2e%2e%2f",
              "../",
              "\"",
              "'",
              "{",
              "}",
              "[",
              "]",
              ",",
              ":",
              " ",
              "\t",
              "-1",
              "0",
              "1000000000000000000",
              "99999999999999999999999",
              "1e999",
              "NaN",
              "null",
              "true",
              "\\ud800",
              "\u202e",
              "\ud83d\ude00",
              "*a",
              "&a",
              "!!x",
              "? ",
              "---\n",
              "Transfer-Encoding: chunked\r\n",
              "Content-Length: 5\r\n",
              "Content-Length: -1\r\n",
              "Content-Encoding: gzip\r\n",
              "Expect: 100-continue\r\n",
              "Upgrade: h2c\r\n",
              "HTTP/9.9",
              "HTTP/2.0",
              "CONNECT ",
              "?a=b&a=c&=&%",
              "#",
              ";",
              "\u00e4")
          .stream()
          .map(text -> text.getBytes(StandardCharsets.UTF_8))
          .toList();

  private final Random random;

  Mutations(Random random) {
    this.random = random;
  }

  /** Bytes without any sense. */
  byte[] noise() {
    byte[] bytes = new byte[random.nextInt(2000)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A request with one to three spots spoilt: of its body, of its target, or anywhere. */
  byte[] spoilt(RawRequest request) {
    return switch (random.nextInt(3)) {
      case 0 -> spoilt(request.bytes());
      case 1 -> {
        byte[] target = spoilt(request.target().getBytes(StandardCharsets.ISO_8859_1));
        yield request.withTarget(new String(target, StandardCharsets.ISO_8859_1)).bytes();
      }
      default -> request.withBody(spoilt(request.body())).bytes();
    };
  }

  private byte[] spoilt(byte[] bytes) {
    byte[] now = bytes;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      now = once(now);
    }
    return now;
  }

  private byte[] once(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + random.nextInt(20));
    return switch (random.nextInt(7)) {
      case 0 -> spliced(bytes, from, to, new byte[0]);
      case 1 -> spliced(bytes, from, from, PIECES.get(random.nextInt(PIECES.size())));
      case 2 -> spliced(bytes, from, to, PIECES.get(random.nextInt(PIECES.size())));
      case 3 -> spliced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
      case 4 -> Arrays.copyOf(bytes, from);
      case 5 -> flipped(bytes, from);
      default -> spliced(bytes, from, from, new byte[] {(byte) random.nextInt(256)});
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    byte[] other = bytes.clone();
    if (at < other.length) {
      other[at] ^= (byte) (1 << random.nextInt(8));
    }
    return other;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, from);
    all.writeBytes(piece);
    all.write(bytes, to, bytes.length - to);
    return all.toByteArray();
  }
}
