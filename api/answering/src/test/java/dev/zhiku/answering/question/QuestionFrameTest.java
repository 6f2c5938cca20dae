package dev.zhiku.answering.question;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionFrameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          请帮我找一下冷却泵装在哪里 | 冷却泵装在哪里
          根据知识库回答：大门几点关 | 大门几点关
          根据公司上传的文件，退租要提前几天？ | 退租要提前几天？
          麻烦您帮我查查，搬家得提前多久申请 | 搬家得提前多久申请
          您好！想咨询一下，探亲假有多少天？ | 探亲假有多少天？
          請問退租要提前幾天？謝謝 | 退租要提前幾天？
          工卡丢了怎么补办？请简要回答，谢谢！ | 工卡丢了怎么补办？
          你知道年假有几天吗 | 年假有几天吗
          可以告诉我发票怎么补开吗 | 发票怎么补开吗
          Could you please tell me how much a token costs? | how much a token costs?
          Hi, I was wondering how big an attachment can be | how big an attachment can be
          I'd like to know when I can visit a patient | when I can visit a patient
          According to the knowledge base, how long is the warranty? | how long is the warranty?
          Based on the provided documents: who audits? | who audits?
          In two sentences, what does the agreement forbid? | what does the agreement forbid?
          What is the password for visitors please | What is the password for visitors
          Where is the pump, do you know? Thanks in advance! | Where is the pump
          关于“年假”，文档里怎么说？ | 关于“年假”
          领导让我问下班车几点开 | 班车几点开
          小助手，班车几点开？ | 班车几点开？
          班车几点开？请注明出处，用表格回答 | 班车几点开？
          文件里有没有写班车几点开 | 班车几点开
          出差报销，制度是怎么规定的？ | 出差报销
          What do the documents say about “Family”? | Family”?
          What does our handbook say about parking? | parking?
          """)
  void what_only_asks_for_an_answer_is_taken_away(String question, String asked) {
    assertThat(QuestionFrame.without(question)).isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "能不能带宠物上班？",
        "公司内部资料，由谁保管？",
        "公司的年假有几天？",
        "文件由谁归档？",
        "在库存中有多少台泵？",
        "What is in the documents of the company?",
        "Can I use the library, and when?",
        "How do I look up?",
        "What do visitors say about the food?",
        "文件怎么写？",
        "小助手是谁开发的？",
        "引用来源的格式是什么？",
        "谢谢",
        ""
      })
  void what_is_asked_for_stays(String question) {
    assertThat(QuestionFrame.without(question)).isEqualTo(question);
  }
}
