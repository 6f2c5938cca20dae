package dev.zhiku.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.FailureCode;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WireMappingTest {
  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void what_the_asker_can_change_is_a_bad_request_and_what_the_model_did_a_bad_gateway(
      FailureCode code) {
    Set<FailureCode> ofAsker =
        EnumSet.of(
            FailureCode.PROMPT_TOO_LONG,
            FailureCode.NO_MODEL,
            FailureCode.TOOLS_UNSUPPORTED,
            FailureCode.FORMAT_UNSUPPORTED);
    assertThat(WireMapping.status(code)).isEqualTo(ofAsker.contains(code) ? 400 : 502);
  }
}
