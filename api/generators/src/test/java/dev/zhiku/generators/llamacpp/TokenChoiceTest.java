package dev.zhiku.generators.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.chat.Sampling;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenChoiceTest {
  private static JsonNode read(Sampling sampling, String endOfTurn) throws Exception {
    String json = "{" + TokenChoice.members(sampling, endOfTurn) + "}";
    assertThat(json).isPrintable().isASCII();
    return new ObjectMapper().readTree(json);
  }

  @Test
  void unasked_it_is_what_the_models_makers_advise() throws Exception {
    assertThat(read(Sampling.DEFAULT, "").toString())
        .isEqualTo(
            "{\"temperature\":0.6,\"top_p\":0.95,\"top_k\":40,\"min_p\":0.05,\"repeat_penalty\":1.0}");
  }

  @Test
  void what_a_client_sets_goes_first_and_no_character_of_a_stop_is_lost() throws Exception {
    JsonNode choice =
        read(
            new Sampling(
                Optional.of(0.0),
                Optional.of(1e-5),
                Optional.of(-2.0),
                Optional.of(2.0),
                Optional.of(-7),
                List.of("\"}\n", "停🎉", "\ud800")),
            "### User:");

    assertThat(choice.at("/temperature").asDouble()).isZero();
    assertThat(choice.at("/top_p").asDouble()).isEqualTo(1e-5);
    assertThat(choice.at("/frequency_penalty").asDouble()).isEqualTo(-2);
    assertThat(choice.at("/presence_penalty").asDouble()).isEqualTo(2);
    assertThat(choice.at("/seed").asInt()).isEqualTo(-7);
    assertThat(choice.at("/stop"))
        .extracting(JsonNode::asText)
        .containsExactly("\"}\n", "停🎉", "\ufffd", "### User:");
  }
}
