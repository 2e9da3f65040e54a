package io.cloudtask.center.notify;

import io.cloudtask.model.json.Json;
import io.cloudtask.store.NoticeRow;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A letter as it is posted to a web service. Pure. */
final class Posting {
  /** The template of chat services that read {@code {"text": ...}}. */
  static final String SLACK = "slack";

  private static final String ALGORITHM = "HmacSHA256";

  private record Event(
      String kind,
      Letter.@Nullable Job job,
      String agent,
      String host,
      String runid,
      Instant at,
      Instant firstat,
      long times,
      String detail,
      String output,
      String link) {}

  private record Body(String id, String rule, String summary, List<Event> events) {}

  private Posting() {}

  /** The body, as UTF-8. */
  static byte[] body(Letter letter) {
    Object body =
        letter.rule().way().template().equals(SLACK)
            ? Map.of("text", slack(LetterWords.text(letter)))
            : new Body(
                letter.id(),
                letter.rule().name(),
                LetterWords.subject(letter),
                letter.items().stream().map(Posting::event).toList());
    return Json.MAPPER.writeValueAsBytes(body);
  }

  private static Event event(Letter.Item item) {
    NoticeRow notice = item.notice();
    return new Event(
        notice.event().kind().written(),
        item.job(),
        notice.event().agentkey(),
        item.host(),
        notice.event().runid(),
        notice.event().at(),
        notice.first(),
        notice.times(),
        notice.event().detail(),
        item.output(),
        item.link());
  }

  /** The three characters that such services give a meaning. */
  private static String slack(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * What proves that a body comes from here, and when: {@code t=SECONDS,v1=HEX}, where HEX is the
   * HMAC-SHA-256 of "SECONDS.BODY" under the secret.
   */
  static String signature(String secret, byte[] body, Instant now) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((now.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + now.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
