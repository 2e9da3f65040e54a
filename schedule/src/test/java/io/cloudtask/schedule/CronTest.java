package io.cloudtask.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronTest {
  @ParameterizedTest(name = "{0} after {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * * *          | 2024-05-01T02:00:00Z | 2024-05-02T02:00Z 2024-05-03T02:00Z",
        "*/15 9-17 * * 1-5  | 2024-05-03T17:30:00Z | 2024-05-03T17:45Z 2024-05-06T09:00Z",
        "*/15 * * * * *     | 2024-05-03T17:30:30Z | 2024-05-03T17:30:45Z 2024-05-03T17:31Z",
        "30 15 10 * * *     | 2024-05-03T10:15:30Z | 2024-05-04T10:15:30Z",
        "5/20 0 1 * *       | 2024-05-01T00:04:00Z | 2024-05-01T00:05Z 2024-05-01T00:25Z",
        "0 0 1,15 * *       | 2024-05-01T00:00:00Z | 2024-05-15T00:00Z 2024-06-01T00:00Z",
        "0 0 13 * FRI       | 2024-09-01T00:00:00Z | 2024-09-06T00:00Z 2024-09-13T00:00Z",
        "0 0 */13 * FRI     | 2024-09-01T00:00:00Z | 2024-09-27T00:00Z 2024-11-01T00:00Z",
        "0 0 ? * 7          | 2024-09-01T00:00:00Z | 2024-09-08T00:00Z",
        "0 0 * * FRI-SUN    | 2024-09-06T00:00:00Z | 2024-09-07T00:00Z 2024-09-08T00:00Z",
        "0 0 * * 5-7        | 2024-09-06T00:00:00Z | 2024-09-07T00:00Z 2024-09-08T00:00Z",
        "0 0 1 feb,Aug *    | 2024-02-01T00:00:00Z | 2024-08-01T00:00Z 2025-02-01T00:00Z",
        "0 0 29 2 *         | 2096-02-29T00:00:00Z | 2104-02-29T00:00Z",
        "0 0 L * *          | 2024-02-01T00:00:00Z | 2024-02-29T00:00Z 2024-03-31T00:00Z",
        "0 0 L-2,1 * *      | 2024-02-01T00:00:00Z | 2024-02-27T00:00Z 2024-03-01T00:00Z",
        "0 0 LW * *         | 2024-03-01T00:00:00Z | 2024-03-29T00:00Z 2024-04-30T00:00Z",
        "0 0 15W * *        | 2024-06-01T00:00:00Z | 2024-06-14T00:00Z 2024-07-15T00:00Z",
        "0 0 1W * *         | 2024-05-31T00:00:00Z | 2024-06-03T00:00Z 2024-07-01T00:00Z",
        "0 0 31W * *        | 2024-03-01T00:00:00Z | 2024-03-29T00:00Z 2024-05-31T00:00Z",
        "0 0 * * 5L         | 2024-05-01T00:00:00Z | 2024-05-31T00:00Z 2024-06-28T00:00Z",
        "0 0 * * MON#1      | 2024-05-01T00:00:00Z | 2024-05-06T00:00Z 2024-06-03T00:00Z",
        "0 0 * * 0#5        | 2024-05-01T00:00:00Z | 2024-06-30T00:00Z 2024-09-29T00:00Z",
        "@hourly            | 2024-05-01T02:00:00Z | 2024-05-01T03:00Z",
        "@daily             | 2024-05-01T02:00:00Z | 2024-05-02T00:00Z",
        "@midnight          | 2024-05-01T02:00:00Z | 2024-05-02T00:00Z",
        "@Weekly            | 2024-05-01T02:00:00Z | 2024-05-05T00:00Z",
        "@monthly           | 2024-05-01T02:00:00Z | 2024-06-01T00:00Z",
        "@yearly            | 2024-05-01T02:00:00Z | 2025-01-01T00:00Z",
        "@annually          | 2024-05-01T02:00:00Z | 2025-01-01T00:00Z",
      })
  void fires(String cron, String after, String expected) {
    List<String> times = List.of(expected.split(" "));

    assertThat(Written.cron(cron).next(times.size(), after)).isEqualTo(times);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "* * * *",
        "* * * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * 0 *",
        "* * * * 8",
        "60 * * * * *",
        "-1 * * * *",
        "+1 * * * *",
        "1.5 * * * *",
        "*/0 * * * *",
        "*/61 * * * *",
        "*/x * * * *",
        "*/ * * * *",
        "/5 * * * *",
        "**/5 * * * *",
        "5-1 * * * *",
        "1-2-3 * * * *",
        "1- * * * *",
        "1,,2 * * * *",
        "1, * * * *",
        ", * * * *",
        "99999999999999999999 * * * *",
        "\u0661 * * * *",
        "* * L-31 * *",
        "* * 0W * *",
        "* * W * *",
        "* * 1-5W * *",
        "* * * * L",
        "* * * * MON#6",
        "* * * * MON#0",
        "* * * * #2",
        "* * * * 8L",
        "* * * * FRI-MON",
        "* * * JANUARY *",
        "* * * MON *",
        "L * * * *",
        "@reboot",
        "@every 5m",
        "0 0 30 2 *",
        "0 0 31 4,6,9,11 *",
        "0 0 31W 2 *",
        "0 0 L-29 2 *",
        "0 0 30 2 */2",
      })
  void nonsense_is_refused(String cron) {
    assertThat(Written.cron(cron).refused()).containsExactly("cron");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 31 2 1", "0 0 29 2 *", "0 0 * 2 MON#5", "*/60 */24 * * *"})
  void what_is_rare_is_not_refused(String cron) {
    assertThat(Written.cron(cron).refused()).isEmpty();
  }
}
