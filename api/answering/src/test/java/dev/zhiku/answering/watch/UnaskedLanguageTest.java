package dev.zhiku.answering.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnaskedLanguageTest {
  @ParameterizedTest
  @CsvSource({
    "年假有几天？,Regular employees get fifteen days of paid annual leave each year [1].",
    "年假有幾天？,The staff handbook says that it is fifteen days each year [2].",
    "Kubernetes 的 ConfigMap 是什么？,It is an object that keeps settings apart from the program that needs them.",
    "年假有几天？,Сотрудникам полагается пятнадцать дней отпуска в год [1].",
    "How many days of leave are there?,正式员工每年享有十五天的带薪年假，入职满一年起算 [1]。",
    "How many days of leave are there?,Сотрудникам полагается пятнадцать дней отпуска в год [1].",
    "Сколько дней отпуска положено сотруднику?,Employees of the company get fifteen days of paid leave in each calendar year and may carry five of them over [1].",
  })
  void an_answer_in_another_script_is_noticed(String question, String answer) {
    assertThat(UnaskedLanguage.isUsed(question, answer)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "年假有几天？|正式员工每年享有15天带薪年假 [1]。",
        "报修邮箱是什么？|it-support@example.com [1]",
        "文件在哪里？|\\\\server\\share\\annual report for the board of directors 2025.docx 在这里 [1]",
        "作者是谁？|Gabriel García Márquez [1]",
        "请用英文介绍年假制度|Regular employees get fifteen days of paid annual leave each year [1].",
        "年假制度用英语怎么说？|It is called the policy on paid annual leave of the company.",
        "把这一段翻译成日文|正社員には毎年十五日間の有給休暇が与えられます [1]。",
        "How many days of leave are there?|15 days [1].",
        "How many days of leave are there?|年假十五天 [1]",
        "What is the Chinese name of the firm?|北京海淀智库信息技术服务有限责任公司上海分公司 [1]",
        "Please answer in Chinese: how many days of leave are there?|正式员工每年享有十五天的带薪年假，入职满一年起算 [1]。",
        "How many days of leave are there?|Fifteen days; the text says 正式员工每年享有15天带薪年假 [1].",
      })
  void an_answer_in_the_language_asked_for_or_in_none_is_let_be(String question, String answer) {
    assertThat(UnaskedLanguage.isUsed(question, answer)).isFalse();
  }

  @Test
  void code_is_in_no_language() {
    String answer =
        "```\nkubectl rollout restart deployment the name of it in this very place\n```";

    assertThat(UnaskedLanguage.isUsed("怎么重启？", answer)).isFalse();
  }
}
