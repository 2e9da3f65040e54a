package io.cloudtask.center.packages;

import static io.cloudtask.center.exchange.TestCenter.ADMIN;
import static io.cloudtask.center.exchange.TestCenter.CLUSTER;
import static io.cloudtask.center.exchange.TestCenter.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.exchange.TestCenter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackageRoutesTest {
  private static final String DOWN = "/api/file/default/";
  private static final String UP = "/api/file/upload/default/";
  private static final String FORM = "multipart/form-data; boundary=XX";

  @TempDir Path dir;
  private TestCenter center;
  private final byte[] content = random(150_000);

  @BeforeEach
  void start() {
    center = new TestCenter(dir);
  }

  @AfterEach
  void stop() throws IOException {
    center.close();
    try (var files = Files.list(dir)) {
      assertThat(files.filter(f -> f.toString().endsWith(".part"))).isEmpty();
    }
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static byte[] part(String field, byte[] data) throws IOException {
    var out = new ByteArrayOutputStream();
    String head =
        "--XX\r\nContent-Disposition: form-data; name=\""
            + field
            + "\"; filename=\"x.zip\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(data);
    out.write("\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static byte[] form(byte[]... parts) throws IOException {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.write(part);
    }
    out.write("--XX--\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private HttpResponse<byte[]> upload(String name, String token, byte[] body) throws Exception {
    return center.send(
        "POST", UP + name, token, BodyPublishers.ofByteArray(body), "Content-Type", FORM);
  }

  private String sha256() throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  @Test
  void what_was_uploaded_comes_back_byte_for_byte() throws Exception {
    HttpResponse<byte[]> up =
        upload("a.tar.gz", ADMIN, form(part("other", new byte[3]), part("jobFile", content)));
    HttpResponse<byte[]> down = center.get(DOWN + "a.tar.gz", CLUSTER);

    assertThat(up.statusCode()).isEqualTo(201);
    assertThat(TestCenter.tree(up).at("/sha256").asString()).isEqualTo(sha256());
    assertThat(down.statusCode()).isEqualTo(200);
    assertThat(down.body()).isEqualTo(content);
    assertThat(down.headers().firstValue("ETag")).contains('"' + sha256() + '"');
    assertThat(down.headers().firstValue("Content-Length")).contains("150000");
  }

  @Test
  void what_was_read_last_is_read_from_memory() throws Exception {
    upload("a.zip", ADMIN, form(part("jobFile", content)));
    assertThat(center.get(DOWN + "a.zip", CLUSTER).body()).isEqualTo(content);

    String database = "jdbc:sqlite:" + dir.resolve("cloudtask.db");
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("DELETE FROM content_piece")).isOne();
    }

    assertThat(center.get(DOWN + "a.zip", CLUSTER).body()).isEqualTo(content);
  }

  @Test
  void a_name_is_given_once() throws Exception {
    upload("a.zip", ADMIN, form(part("jobFile", content)));

    HttpResponse<byte[]> again = upload("a.zip", ADMIN, form(part("jobFile", random(10))));

    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(center.get(DOWN + "a.zip", ADMIN).body()).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 206, 0, 10, bytes 0-9/150000",
    "bytes=149990-, 206, 149990, 150000, bytes 149990-149999/150000",
    "bytes=-5, 206, 149995, 150000, bytes 149995-149999/150000",
    "bytes=0-1;3-4, 200, 0, 150000,",
  })
  void a_part_of_it_comes_alone(String range, int status, int from, int to, String contentRange)
      throws Exception {
    upload("a.zip", ADMIN, form(part("jobFile", content)));

    HttpResponse<byte[]> response = center.get(DOWN + "a.zip", CLUSTER, "Range", range);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).isEqualTo(Arrays.copyOfRange(content, from, to));
    assertThat(response.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
  }

  @Test
  void validators_spare_a_download_or_force_a_whole_one() throws Exception {
    upload("a.zip", ADMIN, form(part("jobFile", content)));
    String etag = '"' + sha256() + '"';

    assertThat(center.get(DOWN + "a.zip", CLUSTER, "If-None-Match", etag).statusCode())
        .isEqualTo(304);
    assertThat(center.get(DOWN + "a.zip", CLUSTER, "If-None-Match", "\"x\"").statusCode())
        .isEqualTo(200);
    assertThat(center.get(DOWN + "a.zip", CLUSTER, "Range", "bytes=0-9", "If-Range", etag).body())
        .hasSize(10);
    assertThat(
            center.get(DOWN + "a.zip", CLUSTER, "Range", "bytes=0-9", "If-Range", "\"x\"").body())
        .hasSize(150_000);
    HttpResponse<byte[]> behind = center.get(DOWN + "a.zip", CLUSTER, "Range", "bytes=150000-");
    assertThat(behind.statusCode()).isEqualTo(416);
    assertThat(behind.headers().firstValue("Content-Range")).contains("bytes */150000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.exe",
        "a.tar",
        "..%2Fa.zip",
        "%2e%2e.zip",
        "a%00.zip",
        "a%5Cb.zip",
        ".zip",
        "a%0A.zip"
      })
  void a_bad_name_is_refused(String name) throws Exception {
    HttpResponse<byte[]> response = upload(name, ADMIN, form(part("jobFile", content)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(center.packages()).isEmpty();
  }

  @Test
  void a_body_that_holds_no_whole_file_is_refused() throws Exception {
    byte[] whole = form(part("jobFile", content));
    List<byte[]> bodies =
        List.of(
            new byte[0],
            "hello".getBytes(StandardCharsets.UTF_8),
            form(part("file", content)),
            form(part("jobFile", new byte[0])),
            form(part("jobFile", content), part("jobFile", content)),
            Arrays.copyOf(whole, whole.length / 2),
            part("jobFile", content));
    for (byte[] body : bodies) {
      HttpResponse<byte[]> response = upload("a.zip", ADMIN, body);
      assertThat(response.statusCode())
          .as(new String(response.body(), StandardCharsets.UTF_8))
          .isEqualTo(400);
    }
    HttpResponse<byte[]> json = center.json("POST", UP + "a.zip", ADMIN, "{}");
    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(center.packages()).isEmpty();
  }

  @Test
  void a_package_over_the_limit_is_refused() throws Exception {
    byte[] big = random((int) TestCenter.MAX_PACKAGE + 1);

    assertThat(upload("a.zip", ADMIN, form(part("jobFile", big))).statusCode()).isEqualTo(413);
    assertThat(upload("a.zip", ADMIN, form(part("jobFile", random(4_000_000)))).statusCode())
        .isEqualTo(413);
    assertThat(center.packages()).isEmpty();
  }

  @Test
  void who_may_do_what() throws Exception {
    byte[] body = form(part("jobFile", content));
    assertThat(upload("a.zip", "", body).statusCode()).isEqualTo(401);
    assertThat(upload("a.zip", VIEWER, body).statusCode()).isEqualTo(403);
    assertThat(upload("a.zip", CLUSTER, body).statusCode()).isEqualTo(403);
    assertThat(upload("a.zip", ADMIN, body).statusCode()).isEqualTo(201);

    assertThat(center.get(DOWN + "a.zip", "").statusCode()).isEqualTo(401);
    assertThat(center.get(DOWN + "a.zip", VIEWER).statusCode()).isEqualTo(200);
    assertThat(center.get(DOWN + "b.zip", VIEWER).statusCode()).isEqualTo(404);
  }

  @Test
  void an_upload_is_written_down() throws Exception {
    upload("a.zip", ADMIN, form(part("jobFile", content)));

    assertThat(center.audit("a.zip"))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.who()).isEqualTo("admin");
          assertThat(row.what()).isEqualTo("package.upload");
        });
  }
}
