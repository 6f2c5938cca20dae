package dev.zhiku.answering.question;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmallTalkTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "你好！|GREETING",
        "您好，请问在吗？|GREETING",
        "早上好|GREETING",
        "Hi there|GREETING",
        "Good morning!|GREETING",
        "How are you?|GREETING",
        "謝謝|THANKS",
        "太感谢你的帮助了|THANKS",
        "辛苦了|THANKS",
        "Great, thank you so much!|THANKS",
        "好的|AGREED",
        "嗯嗯，明白了|AGREED",
        "OK, got it.|AGREED",
        "知道了，再见|FAREWELL",
        "Thanks, bye!|FAREWELL",
        "你是谁？|ABOUT",
        "你好，你能做什么？|ABOUT",
        "知识库里有什么|ABOUT",
        "你都有哪些资料？|ABOUT",
        "Hello, what can you do?|ABOUT",
        "Who are you?|ABOUT",
        "Which documents do you have?|ABOUT",
        "帮助|HELP",
        "怎么用？|HELP",
        "Help|HELP",
      })
  void what_asks_nothing_of_the_documents_is_told_by_all_of_it(String text, SmallTalk kind) {
    assertThat(SmallTalk.of(text)).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "你好，年假有几天？",
        "感谢信由谁签发？",
        "谢谢，那宿舍几点关门？",
        "帮助台的分机号",
        "再见仪式几点开始",
        "知识库管理员是谁？",
        "好的供应商有哪些标准",
        "Thanks! When does the warranty end?",
        "help desk",
        "Hello Kitty",
        "What can you do against mould in the store room?",
        "How do I use the franking machine?",
        "Who are your suppliers?",
        "OK button",
        "菜单",
        "使用说明",
        "？",
      })
  void whatever_else_stands_there_is_asked_of_the_documents(String text) {
    assertThat(SmallTalk.of(text)).isEmpty();
  }
}
