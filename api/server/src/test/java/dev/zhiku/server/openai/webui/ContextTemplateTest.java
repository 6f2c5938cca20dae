package dev.zhiku.server.openai.webui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextTemplateTest {
  @Test
  void the_question_is_what_stands_behind_the_texts() {
    assertThat(
            ContextTemplate.question(
                "### Task:\nAnswer.\n\n<context>\n<source id=\"1\" name=\"a\">It says </context> here.\n"
                    + "</source>\n</context>\n\n How many days? "))
        .contains("How many days?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How many days?",
        "What does <context> mean in </context> XML?",
        "<context>\n<source id=\"1\">without an end",
        "<context>\n<source id=\"1\">nothing asked</source>\n</context>\n",
        "</context> <context><source> the wrong way round",
      })
  void a_text_of_another_form_is_left_alone(String text) {
    assertThat(ContextTemplate.question(text)).isEmpty();
  }
}
