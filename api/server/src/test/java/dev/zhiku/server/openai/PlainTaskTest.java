package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.openai.Message.Role;
import io.micronaut.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTaskTest {
  private final PlainTask plain = new PlainTask(JsonMapper.createDefault());

  private String answer(Message... messages) {
    return plain.answer(ClientTask.in(List.of(messages)).orElseThrow());
  }

  private static Message user(String text) {
    return new Message(Role.USER, text);
  }

  @Test
  void a_title_is_the_beginning_of_the_first_question_as_json_where_json_is_wanted() {
    assertThat(
            answer(
                user(
                    "### Task:\nGenerate a concise, 3-5 word title\n### Output:\nJSON format: {"
                        + " \"title\": \"your concise title here\" }\n### Chat History:\n"
                        + "<chat_history>\nUSER: How often does the \"cooling\" pump need fresh oil?\n"
                        + "ASSISTANT: Every month.\n</chat_history>")))
        .isEqualTo("{\"title\":\"How often does the \\\"cooling\\\" pump\"}");
  }

  @Test
  void a_title_in_chinese_is_short_and_has_no_stop() {
    assertThat(
            answer(
                user("员工年假有几天？"),
                new Message(Role.ASSISTANT, "15 天"),
                user("使用四到五个字直接返回这句话的简要主题，不要解释")))
        .isEqualTo("员工年假有几天");
    assertThat(answer(user("请问" + "很长".repeat(20)), user("使用四到五个字直接返回这句话的简要主题"))).hasSize(16);
  }

  @Test
  void a_title_is_found_between_fences_and_behind_roles() {
    assertThat(
            answer(
                user(
                    "Based on the chat history, give this conversation a name.\n\n```\nWhere do I"
                        + " wear goggles?\n\n---------\n\nIn the lab.\n```\n\nThe name is:")))
        .isEqualTo("Where do I wear goggles");
    assertThat(
            answer(
                new Message(Role.SYSTEM, "你是一名擅长会话的助理，你需要将用户的会话总结为 10 个字以内的标题"),
                user("user: 访客停车几小时？\nassistant: 4 小时\n\n请总结上述对话为10个字以内的标题")))
        .isEqualTo("访客停车几小时");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "### Task: Generate 1-3 broad tags| {\"tags\":[]}",
        "### Task: Suggest 3-5 relevant follow-up questions| {\"follow_ups\":[]}",
        "### Task: Analyze the chat history for search queries| {\"queries\":[]}",
        "### Task: You are an autocompletion system.| {\"text\":\"\"}",
      })
  void nothing_is_suggested_in_the_form_that_the_client_reads(String prompt, String answer) {
    assertThat(answer(user(prompt))).isEqualTo(answer);
  }

  @Test
  void a_summary_lists_the_questions() {
    assertThat(
            answer(
                user("年假有几天？"),
                new Message(Role.ASSISTANT, "15 天"),
                user("那实习生呢？"),
                new Message(Role.SYSTEM, "简要总结一下对话内容，用作后续的上下文提示 prompt")))
        .isEqualTo("- 年假有几天？\n- 那实习生呢？");
  }
}
