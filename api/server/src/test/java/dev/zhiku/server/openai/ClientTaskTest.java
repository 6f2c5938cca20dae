package dev.zhiku.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.openai.ClientTask.Kind;
import dev.zhiku.server.openai.Message.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTaskTest {
  private static List<Message> user(String text) {
    return List.of(new Message(Role.USER, text));
  }

  /** The first words of what the clients send, as their sources have them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "### Task: Generate a concise, 3-5 word title with an emoji summarizing the chat history.| TITLE",
        "### Task: Generate a concise title summarizing the chat history.| TITLE",
        "### Task: Generate 1-3 broad tags categorizing the main themes of the chat history| TAGS",
        "### Task: Suggest 3-5 relevant follow-up questions or prompts| FOLLOW_UPS",
        "### Task: Predict 3-5 useful messages this user might naturally send next to advance their current objective.| FOLLOW_UPS",
        "### Task: Summarize the conversation history that will be compacted out of the active chat context.| SUMMARY",
        "### Task: Analyze the chat history to determine the necessity of generating search queries| QUERIES",
        "### Task: You are an autocompletion system. Continue the text| COMPLETION",
        "### Task: Generate a detailed prompt for am image generation task| IMAGE",
        "Your task is to reflect the speaker's likely facial expression through a fitting emoji.| EMOJI",
        "Based on the chat history, give this conversation a name. Keep it short| TITLE",
        "Please generate a four to five word title summarizing our conversation without any lead-in| TITLE",
        "使用四到五个字直接返回这句话的简要主题，不要解释、不要标点| TITLE",
        "Summarize the discussion briefly in 200 words or less to use as a prompt for future context.| SUMMARY",
        "简要总结一下对话内容，用作后续的上下文提示 prompt，控制在 200 字以内| SUMMARY",
      })
  void what_clients_ask_for_themselves_is_recognised(String prompt, Kind kind) {
    assertThat(ClientTask.in(user(prompt)).map(ClientTask::kind)).contains(kind);
    assertThat(
            ClientTask.in(user(prompt.replace("### Task: ", "### Task:\n"))).map(ClientTask::kind))
        .contains(kind);
  }

  /** Of tasks whose first words nobody has seen yet. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ \"follow_ups\": [\"Question 1?\"] }| FOLLOW_UPS",
        "{ \"tags\": [\"tag1\"] }| TAGS",
        "{ \"title\": \"your concise title here\" }| TITLE",
        "{\"queries\": [\"q\"]}| QUERIES",
      })
  void a_task_in_other_words_is_recognised_by_the_field_that_it_wants(String output, Kind kind) {
    String prompt =
        "### Task:\nThink of what suits this chat.\n### Output:\nJSON format: "
            + output
            + "\n### Chat History:\n<chat_history>\nUSER: 年假有几天？\n</chat_history>";

    assertThat(ClientTask.in(user(prompt)).map(ClientTask::kind)).contains(kind);
  }

  @Test
  void a_field_that_the_conversation_speaks_of_makes_no_task() {
    assertThat(
            ClientTask.in(
                user(
                    "### Task:\nAnswer this.\n### Chat History:\nUSER: What is \"tags\": [] for?")))
        .isEmpty();
    assertThat(ClientTask.in(user("What does {\"title\": \"x\"} mean?"))).isEmpty();
  }

  @Test
  void a_task_may_come_as_the_last_message_of_the_system() {
    List<Message> messages =
        List.of(
            new Message(Role.USER, "年假有几天？"),
            new Message(Role.ASSISTANT, "15 天"),
            new Message(Role.SYSTEM, "简要总结一下对话内容，用作后续的上下文提示 prompt，控制在 200 字以内"));

    assertThat(ClientTask.in(messages))
        .hasValueSatisfying(
            task -> {
              assertThat(task.kind()).isEqualTo(Kind.SUMMARY);
              assertThat(task.before()).hasSize(2);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You are an assistant skilled in conversation. You need to summarize the user's conversation"
            + " into a title within 10 words.",
        "You are an assistant skilled in conversation who needs to summarize user conversations into"
            + " titles within 10 characters.",
        "You are a professional conversation summarizer. Generate a concise title that captures it.",
        "You need to summarize the user's conversation into a title of no more than 10 words",
        "你是一名擅长会话的助理，你需要将用户的会话总结为 10 个字以内的标题",
      })
  void a_task_may_be_the_role_that_the_system_is_given(String role) {
    List<Message> messages =
        List.of(
            new Message(Role.SYSTEM, role),
            new Message(Role.USER, "user: 年假有几天？\nassistant: 15 天"));

    assertThat(ClientTask.in(messages))
        .hasValueSatisfying(
            task -> {
              assertThat(task.kind()).isEqualTo(Kind.TITLE);
              assertThat(task.instructions()).isEqualTo(role);
              assertThat(task.prompt()).startsWith("user:");
            });
  }

  @Test
  void a_task_may_stand_behind_the_conversation() {
    assertThat(
            ClientTask.in(
                user(
                    "Here is the query:\n\n--------------\n\nHow many days?\n\n--------------\n\n"
                        + "Create a concise, 3-5 word phrase as a title for the previous query.")))
        .map(ClientTask::kind)
        .contains(Kind.TITLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is the title of the contract with Pellworth?",
        "Summarize the discussion of the March meeting.",
        "Task: what does the handbook say about titles?",
        "总结一下员工手册中关于年假的内容",
        "### Task:\nRespond to the user query using the provided context, incorporating inline"
            + " citations in the format [id].",
        "Generate tags for the freezer alarm memo",
        "给这段对话起个标题需要多久？",
      })
  void what_people_ask_is_no_task(String question) {
    assertThat(ClientTask.in(user(question))).isEmpty();
    assertThat(
            ClientTask.in(
                List.of(
                    new Message(Role.SYSTEM, "You are a helpful assistant for titles of books."),
                    new Message(Role.USER, question))))
        .isEmpty();
  }
}
