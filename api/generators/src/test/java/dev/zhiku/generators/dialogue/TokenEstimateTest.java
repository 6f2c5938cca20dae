package dev.zhiku.generators.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenEstimateTest {
  private static final String TEXT = "正式员工每年享有 15 天带薪年假。Employees get 15 days.";
  private final TokenEstimate estimate = new TokenEstimate();

  @Test
  void nothing_has_no_tokens() {
    assertThat(estimate.count("")).isZero();
  }

  @Test
  void digits_count_one_by_one() {
    assertThat(estimate.count("1234567890")).isGreaterThanOrEqualTo(10);
  }

  @Test
  void what_the_server_counted_corrects_the_next_estimate() {
    int before = estimate.count(TEXT.repeat(50));
    assertThat(estimate.isCorrected()).isFalse();

    estimate.report(before, before * 2 / 3);

    assertThat(estimate.isCorrected()).isTrue();
    assertThat(estimate.count(TEXT.repeat(50))).isBetween(before * 2 / 3, before * 2 / 3 + 2);
  }

  @Test
  void of_several_reports_the_largest_counts() {
    int before = estimate.count(TEXT.repeat(50));
    estimate.report(before, before);
    estimate.report(before, before / 2);

    assertThat(estimate.count(TEXT.repeat(50))).isGreaterThanOrEqualTo(before - 1);
  }

  @Test
  void a_title_of_a_few_tokens_does_not_spoil_the_estimate_of_a_long_prompt() {
    int before = estimate.count(TEXT.repeat(50));
    estimate.report(before, before);
    for (int i = 0; i < 20; i++) {
      estimate.report(60, 85);
    }

    assertThat(estimate.count(TEXT.repeat(50))).isBetween(before - 1, before + 1);
  }

  @Test
  void until_a_long_prompt_was_counted_short_ones_correct_the_estimate() {
    int before = estimate.count(TEXT.repeat(50));
    estimate.report(60, 85);
    assertThat(estimate.isCorrected()).isTrue();
    assertThat(estimate.count(TEXT.repeat(50))).isGreaterThan(before);

    estimate.report(estimate.count(TEXT.repeat(50)), before);

    assertThat(estimate.count(TEXT.repeat(50))).isBetween(before - 1, before + 2);
  }

  @Test
  void a_report_beyond_belief_does_not_make_estimates_useless() {
    estimate.report(100, 1_000_000);

    assertThat(estimate.count(TEXT)).isLessThan(4 * TEXT.length());
  }
}
