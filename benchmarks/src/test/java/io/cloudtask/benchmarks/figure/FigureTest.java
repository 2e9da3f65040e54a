package io.cloudtask.benchmarks.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cloudtask.model.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FigureTest {
  private static final Machine MACHINE = new Machine("Linux", "p", 2, 1L << 33, "25", 0.1, 1.2);

  @Test
  void a_median_is_in_the_middle_and_a_percentile_is_one_of_the_samples() {
    assertThat(Samples.of(3, 1, 2).median()).isEqualTo(2);
    assertThat(Samples.of(4, 1, 2, 3).median()).isEqualTo(2.5);
    Samples hundred = Samples.of(IntStream.rangeClosed(1, 100).boxed().toList());
    assertThat(hundred.percentile(99)).isEqualTo(99);
    assertThat(hundred.percentile(100)).isEqualTo(100);
    assertThat(hundred.percentile(0.1)).isEqualTo(1);
    assertThatThrownBy(() -> Samples.of(List.of())).hasMessageContaining("nothing was measured");
  }

  @Test
  void the_tail_of_a_figure_is_on_its_bad_side() {
    Samples samples = Samples.of(1, 2, 9);
    assertThat(Figure.lower("a", "ms", samples).p99()).isEqualTo(9);
    assertThat(Figure.higher("a", "runs/s", samples).p99()).isEqualTo(1);
    Samples hundred = Samples.of(IntStream.rangeClosed(1, 100).boxed().toList());
    assertThat(Figure.lower("a", "ms", hundred).p99()).isEqualTo(99);
    assertThat(Figure.higher("a", "runs/s", hundred).p99()).isEqualTo(2);
  }

  @Test
  void a_goal_is_about_the_figure_or_about_its_ratio() {
    Figure figure = Figure.lower("a", "ms", Samples.of(3)).limit("C", 2);
    assertThat(figure.ratio()).isEqualTo(1.5);
    assertThat(figure.met()).isNull();
    assertThat(figure.goal(Goal.ratioAtMost(1.5)).met()).isTrue();
    assertThat(figure.goal(Goal.ratioAtMost(1.4)).met()).isFalse();
    assertThat(figure.goal(Goal.atLeast(3)).met()).isTrue();
    assertThat(figure.goal(Goal.atMost(2)).met()).isFalse();
  }

  @Test
  void a_goal_about_a_limit_that_could_not_be_measured_is_not_met() {
    Figure figure = Figure.lower("a", "ms", Samples.of(3)).goal(Goal.ratioAtMost(9));
    assertThat(figure.met()).isFalse();
  }

  @Test
  void the_exponent_of_a_growth_is_that_of_the_power_which_it_follows() {
    assertThat(growth(10, 20, 40).exponent()).isEqualTo(Math.log10(2), within(1e-9));
    assertThat(growth(5, 50, 500).exponent()).isEqualTo(1, within(1e-9));
    assertThat(growth(5, 500, 50_000).exponent()).isEqualTo(2, within(1e-9));
    assertThat(growth(7, 7, 7).exponent()).isZero();
    List<Growth.Point> same = List.of(new Growth.Point(1, 1), new Growth.Point(1, 2));
    assertThatThrownBy(() -> new Growth("a", "jobs", "ms", same)).hasMessageContaining("one size");
  }

  private static Growth growth(double one, double ten, double hundred) {
    return new Growth(
        "a",
        "jobs",
        "ms",
        List.of(
            new Growth.Point(1, one), new Growth.Point(10, ten), new Growth.Point(100, hundred)));
  }

  @Test
  void what_got_worse_by_more_than_a_third_of_its_ratio_is_told() {
    Results before =
        results(
            Figure.lower("slower", "ms", Samples.of(10)).limit("C", 10),
            Figure.lower("on a slower machine", "ms", Samples.of(10)).limit("C", 10),
            Figure.higher("fewer", "runs/s", Samples.of(900)).limit("C", 1000),
            Figure.lower("without a limit", "ms", Samples.of(1)));
    Results now =
        results(
            Figure.lower("slower", "ms", Samples.of(14)).limit("C", 10),
            Figure.lower("on a slower machine", "ms", Samples.of(40)).limit("C", 40),
            Figure.higher("fewer", "runs/s", Samples.of(450)).limit("C", 1000),
            Figure.lower("without a limit", "ms", Samples.of(100)),
            Figure.lower("new", "ms", Samples.of(1)).limit("C", 1));

    assertThat(Comparison.worse(before, now))
        .extracting(Comparison.Worse::name)
        .containsExactly("fewer", "slower");
    assertThat(Comparison.worse(now, now)).isEmpty();
  }

  @Test
  void results_are_read_back_as_they_were_written() {
    Results results =
        new Results(
            Instant.parse("2026-11-30T12:00:00Z"),
            true,
            MACHINE,
            List.of(
                Figure.lower("a", "ms", Samples.of(1, 2))
                    .limit("C", 1)
                    .goal(Goal.ratioAtMost(2))
                    .note("warm"),
                Figure.higher("b", "runs/s", Samples.of(5))),
            List.of(growth(1, 2, 3)),
            List.of(new Results.Missing("c", "no compiler")));
    String json = Json.MAPPER.writeValueAsString(results);
    assertThat(json).contains("\"ratio\":1.5").contains("\"met\":true").contains("\"exponent\":");
    assertThat(Json.MAPPER.readValue(json, Results.class)).isEqualTo(results);
  }

  @Test
  void the_page_says_what_a_reader_needs() {
    Figure met = Figure.lower("a", "ms", Samples.of(1234)).goal(Goal.atMost(2000));
    Figure missed =
        Figure.higher("b", "runs/s", Samples.of(0.25))
            .limit("in C", 1)
            .goal(Goal.ratioAtLeast(0.9));
    assertThat(Page.figures(List.of(met, missed)).replaceAll(" +", " ").lines().skip(2))
        .containsExactly(
            "| a | 1,234 | 1,234 | ms | 1 | | | <= 2,000 | yes | |",
            "| b | 0.250 | 0.250 | runs/s | 1 | 1 in C | 0.250 | >= 0.900 x | NO | |");
    assertThat(Page.worse(List.of())).startsWith("nothing got worse");
    assertThat(MACHINE.wasBusyBefore()).isFalse();
  }

  private static Results results(Figure... figures) {
    return new Results(Instant.EPOCH, true, MACHINE, List.of(figures), List.of(), List.of());
  }
}
