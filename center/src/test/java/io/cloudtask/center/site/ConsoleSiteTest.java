package io.cloudtask.center.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudtask.center.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files used here are in the test resources, as the build of the console writes them. */
class ConsoleSiteTest {
  private static final String LIST =
      """
      index.html\t11aa\tgzip
      assets/app-1a2b.js\t22bb\tplain
      """;
  private static final Map<String, String> NOTHING = Map.of();

  private final ConsoleSite site = new ConsoleSite(ConsoleFiles.of(LIST));

  @ParameterizedTest
  @ValueSource(strings = {"", "jobs", "jobs/123", "a page that nobody knows"})
  void every_address_of_a_page_gives_the_first_page(String path) {
    Reply reply = find(path, NOTHING).orElseThrow();

    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply)).contains("<title>test console</title>");
    assertThat(reply.headers()).containsEntry("Cache-Control", "no-cache");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api",
        "api/v1/unknown",
        "cloudtask/v2/unknown",
        "assets/unknown",
        "robots.txt",
        "files.tsv",
        "index.html.gz"
      })
  void what_belongs_to_programs_or_is_no_file_is_not_there(String path) {
    assertThat(find(path, NOTHING)).isEmpty();
  }

  @Test
  void who_takes_gzip_gets_what_was_zipped_at_build_time() {
    Reply reply = find("", Map.of("Accept-Encoding", "gzip, br")).orElseThrow();

    assertThat(reply.headers())
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Vary", "Accept-Encoding");
    assertThat(((Reply.Body.Bytes) reply.body()).data()).startsWith(0x1f, 0x8b);
  }

  @Test
  void a_file_with_a_digest_in_its_name_is_kept_for_good() {
    Reply reply = find("assets/app-1a2b.js", NOTHING).orElseThrow();

    assertThat(reply.headers().get("Cache-Control")).contains("immutable");
    assertThat(text(reply)).isEqualTo("1;\n");
  }

  @Test
  void what_the_browser_has_already_is_not_sent_again() {
    Reply reply = find("", Map.of("If-None-Match", "\"11aa\"")).orElseThrow();

    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.headers()).containsEntry("ETag", "\"11aa\"");
  }

  @Test
  void no_page_may_be_framed_or_run_a_script_of_others() {
    assertThat(find("", NOTHING).orElseThrow().headers().get("Content-Security-Policy"))
        .contains("script-src 'self';", "frame-ancestors 'none'", "default-src 'self'");
  }

  @Test
  void a_build_without_console_says_how_to_get_one() {
    Reply reply =
        new ConsoleSite(ConsoleFiles.of(""))
            .find(List.of(""), name -> Optional.empty())
            .orElseThrow();

    assertThat(reply.status()).isEqualTo(404);
    assertThat(text(reply)).contains("launch/build.sh");
  }

  private Optional<Reply> find(String path, Map<String, String> headers) {
    return site.find(List.of(path.split("/", -1)), name -> Optional.ofNullable(headers.get(name)));
  }

  private static String text(Reply reply) {
    return new String(((Reply.Body.Bytes) reply.body()).data(), StandardCharsets.UTF_8);
  }
}
