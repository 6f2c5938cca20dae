package dev.zhiku.answering.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.answering.search.Retrieval;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  private final Library library = new Library();
  private final Retriever retriever =
      new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(1));

  @BeforeEach
  void a_rule_among_others() {
    library.add("rules.txt", "宿舍大门每日二十三时关闭。走廊内不得停放电动自行车。");
    library.add("pump.txt", "The cooling pump needs oil every month.");
  }

  @Test
  void a_sentence_that_means_the_same_in_other_words_is_evidence() throws Exception {
    List<String> compared = new ArrayList<>();

    boolean supported =
        supports(
            "宿舍半夜锁门钟点",
            sentences -> {
              compared.addAll(sentences);
              return allAt(0.8, sentences);
            });

    assertThat(supported).isTrue();
    assertThat(compared).contains("宿舍大门每日二十三时关闭。");
  }

  @Test
  void a_sentence_about_something_else_is_none() throws Exception {
    assertThat(supports("宿舍附近哪家火锅店最好吃", sentences -> allAt(0.6, sentences))).isFalse();
  }

  @Test
  void a_text_without_a_word_of_the_question_is_none_however_near() throws Exception {
    assertThat(supports("海王星天文学家", sentences -> allAt(1, sentences))).isFalse();
  }

  @Test
  void a_sentence_that_stands_out_is_evidence_without_a_word_of_the_question() throws Exception {
    library.add("pets.txt", "寝室内不得饲养宠物。衣物每周清洗一次，费用四元。访客须在门卫处登记。");
    Evidence.Meaning pets = near("寝室内不得饲养宠物。", 0.55);

    Evidence.Verdict verdict = Evidence.judge("可以带鹦鹉吗？", retrieve("可以带鹦鹉吗？"), false, pets);

    assertThat(verdict.supported()).isTrue();
    assertThat(verdict.retrieval().passages().stream().flatMap(p -> p.nearest().stream()))
        .containsExactly("寝室内不得饲养宠物。");
    assertThat(supports("带鹦鹉要交多少钱？", pets)).as("a sum is not in that sentence").isFalse();
    assertThat(supports("可以带鹦鹉吗？", near("寝室内不得饲养宠物。", 0.45))).isFalse();
  }

  @Test
  void a_rule_answers_a_question_for_permission_by_less() throws Exception {
    library.add("pets.txt", "寝室内不得饲养宠物。衣物每周清洗一次，费用四元。访客须在门卫处登记。");

    assertThat(supports("可以带鹦鹉吗？", near("寝室内不得饲养宠物。", 0.55, 0.40))).isTrue();
    assertThat(supports("鹦鹉爱吃什么", near("寝室内不得饲养宠物。", 0.55, 0.40))).isFalse();
  }

  @Test
  void among_few_passages_less_is_enough_for_a_sentence_that_leads() throws Exception {
    library.add("pets.txt", "宿舍阳台不得晾晒被褥。衣物每周清洗一次，费用四元。访客须在门卫处登记。");
    String question = "宿舍大门几点上锁睡觉";
    String sentence = "宿舍大门每日二十三时关闭。";

    assertThat(supports(question, near(sentence, 0.60, 0.44))).isTrue();
    assertThat(supports(question, near(sentence, 0.60, 0.52))).as("none leads").isFalse();
    assertThat(threshold("宿舍大门几点上锁睡觉", near(sentence, 0.60, 0.44))).isEqualTo(2.05);
    assertThat(threshold("How often does the pump want grease?", near("x", 0.5, 0.3)))
        .as("English sentences are near each other in any number")
        .isEqualTo(2.45);
  }

  @Test
  void among_many_english_passages_more_is_needed() throws Exception {
    for (int i = 0; i < 1_500; i++) {
      library.add("note" + i + ".txt", "Record " + i + " is kept for three years.");
    }

    assertThat(threshold("How often does the pump want grease?", near("x", 0.5, 0.3)))
        .isBetween(2.46, 2.5);
    assertThat(threshold("宿舍大门几点上锁睡觉", near("宿舍大门每日二十三时关闭。", 0.60, 0.44))).isEqualTo(2.45);
  }

  private double threshold(String question, Evidence.Meaning meaning) throws Exception {
    return Evidence.judge(question, retrieve(question), false, meaning).figures().threshold();
  }

  @Test
  void the_form_is_asked_of_the_thing_and_not_of_any_number_nearby() throws Exception {
    library.add("fleet.txt", "公务车辆由综合部统一调度。用车人应于出车前一日提交申请单。");
    library.add(
        "dryer.txt",
        "The Otter dryer has a filter. It is rinsed after 10 loads. The code E4 is shown.");
    library.add("shop.txt", "湖滨门店 2022 年开业，有 60 个座位。");

    for (String absent : List.of("公务车辆一共有多少辆？", "What does the Otter dryer weigh?", "湖滨门店的电话号码")) {
      assertThat(supports(absent, sentences -> allAt(0.9, sentences))).as(absent).isFalse();
    }
    library.add("road.txt", "机动车辆每行驶一万公里保养一次。");
    assertThat(supports("机动车辆行驶多少公里保养一次？", sentences -> allAt(0.9, sentences))).isTrue();
  }

  @Test
  void a_code_that_only_its_neighbours_stand_for_is_absent() throws Exception {
    library.add("garages.txt", "3号库月租 300 元。\n5号库月租 420 元。\n故障 E2：缺水。\n故障 E5：过热。");

    for (String absent : List.of("4号库月租多少钱？", "故障 E4 是什么意思？", "故障 E-7 是什么意思？")) {
      assertThat(supports(absent, sentences -> allAt(0.9, sentences))).as(absent).isFalse();
    }
    for (String stated : List.of("5号库月租多少钱？", "故障 E5 是什么意思？", "故障 e-2 是什么意思？")) {
      assertThat(supports(stated, sentences -> allAt(0.9, sentences))).as(stated).isTrue();
    }
  }

  @Test
  void a_code_is_told_by_its_number_however_that_is_written() throws Exception {
    library.add("guards.txt", "楼栋: 一号楼 | 夜班: 田小满\n楼栋: 二号楼 | 夜班: 邹立冬\n楼栋: 十二号楼 | 夜班: 何川");

    for (String absent : List.of("三号楼夜班是谁？", "3号楼夜班是谁？", "十号楼夜班是谁？")) {
      assertThat(supports(absent, sentences -> allAt(0.9, sentences))).as(absent).isFalse();
    }
    for (String stated : List.of("2号楼夜班是谁？", "十二号楼夜班是谁？", "12号楼夜班是谁？")) {
      assertThat(supports(stated, sentences -> allAt(0.9, sentences))).as(stated).isTrue();
    }
  }

  @Test
  void of_a_year_before_the_oldest_edition_nothing_is_known() throws Exception {
    library.add("差旅标准2024.txt", "出差补助每人每天80元。");
    library.add("差旅标准2026.txt", "出差补助每人每天110元。比2023年增加10元。");

    assertThat(supports("2022年的出差补助是多少？", sentences -> allAt(0.9, sentences))).isFalse();
    for (String stated : List.of("2024年的出差补助是多少？", "2025年的出差补助是多少？", "2023年的出差补助是多少？")) {
      assertThat(supports(stated, sentences -> allAt(0.9, sentences))).as(stated).isTrue();
    }
  }

  @Test
  void of_a_name_that_no_document_holds_nothing_is_known() throws Exception {
    library.add(
        "leeds.txt", "The Leeds branch is managed by Harriet Boyce. It opens at nine each day.");
    library.add("göteborg.txt", "The branch by the harbour is managed by Ravi Menon.");

    for (String absent :
        List.of(
            "Who manages the York branch?",
            "Is the branch managed by Gwen Abara?",
            "When does the branch of Ashgrove open?")) {
      assertThat(supports(absent, sentences -> allAt(0.9, sentences))).as(absent).isFalse();
    }
    assertThat(retrieve("Does Gwen Abara manage the branch in York?").unknownNames())
        .containsExactly("Gwen Abara", "York");
    for (String stated :
        List.of(
            "Who manages the Leeds branch?",
            "Who manages the Leedz branch?",
            "Does Mr. Harriet Quill Boyce manage the branch?",
            "Who manages the branch in Göteborg?",
            "Does the HR branch open at nine on Mondays in January?",
            "Hello Zora, who manages the Leeds branch?",
            "Who Manages The Branch At Whitby?",
            "Does anybody of the branch speak Dutch?")) {
      assertThat(retrieve(stated).unknownNames()).as(stated).isEmpty();
    }
    String asked = "Who manages the York branch?";
    assertThat(
            Evidence.judge(asked, retrieve(asked), true, sentences -> allAt(0.9, sentences))
                .supported())
        .as("a model that reads can say so itself")
        .isTrue();
  }

  @Test
  void a_number_in_a_row_below_a_heading_that_names_prices_is_a_price() throws Exception {
    library.add("hut.txt", "Mountain hut, rooms\nRoom: Loft | High season: 12");
    String loft = "What is the price of the loft in high season?";
    assertThat(supports(loft, sentences -> allAt(0.9, sentences))).isFalse();

    library.add("inn.txt", "Harbour inn, room rates\nRoom: Suite | High season: 240");
    String suite = "What is the price of a suite in high season?";
    assertThat(supports(suite, sentences -> allAt(0.9, sentences))).isTrue();
  }

  @Test
  void what_a_passage_opens_with_names_the_thing_that_its_lines_are_about() throws Exception {
    library.add("manual.txt", "沐风DH-20除湿机\n机身距墙面不得小于30厘米，须放置在水平地面上。");

    assertThat(supports("沐风DH-20除湿机离墙要留多少距离？", sentences -> allAt(0.9, sentences))).isTrue();
  }

  @Test
  void a_label_with_its_value_is_compared_by_meaning() throws Exception {
    library.add("drill.txt", "演练安排\n集结处：东门草坪\n每季度一次。\n由安保部组织。\n全员参加。");

    assertThat(supports("集结处在哪里？", near("集结处：东门草坪", 0.8, 0.3))).isTrue();
  }

  @Test
  void meanings_are_not_asked_for_where_the_words_suffice() throws Exception {
    boolean supported =
        supports(
            "What does the cooling pump need every month?",
            sentences -> {
              throw new AssertionError("compared " + sentences);
            });

    assertThat(supported).isTrue();
  }

  @Test
  void what_is_asked_for_has_to_stand_there_in_its_form() throws Exception {
    library.add("drier.txt", "冷冻干燥机用于样品脱水。操作前检查真空泵，发现异响停机。");
    library.add("centrifuge.txt", "离心机放在三层，每月保养一次，采购价八万元，联系电话 6120。");

    for (String absent : List.of("冷冻干燥机的价格", "冷冻干燥机哪年买的？", "冷冻干燥机在哪里？", "冷冻干燥机多久保养？")) {
      assertThat(supports(absent, sentences -> allAt(0.9, sentences))).as(absent).isFalse();
    }
    for (String stated : List.of("离心机的采购价格", "离心机在哪里？", "离心机多久保养一次？", "离心机联系电话")) {
      assertThat(supports(stated, sentences -> allAt(0.9, sentences))).as(stated).isTrue();
    }
  }

  @Test
  void a_model_that_reads_is_asked_where_a_quote_is_withheld() throws Exception {
    library.add("drier.txt", "冷冻干燥机用于样品脱水。操作前检查真空泵，发现异响停机。");
    String absent = "冷冻干燥机的价格是多少？";

    assertThat(supports(absent, sentences -> allAt(0.9, sentences))).isFalse();
    assertThat(
            Evidence.judge(absent, retrieve(absent), true, sentences -> allAt(0.9, sentences))
                .supported())
        .isTrue();
    assertThat(
            Evidence.judge("海王星天文学家", retrieve("海王星天文学家"), true, sentences -> allAt(1, sentences))
                .supported())
        .isFalse();
  }

  private boolean supports(String question, Evidence.Meaning meaning) throws InterruptedException {
    return Evidence.judge(question, retrieve(question), false, meaning).supported();
  }

  private static Map<String, Double> allAt(double cosine, List<String> sentences) {
    return sentences.stream().collect(Collectors.toMap(Function.identity(), sentence -> cosine));
  }

  /** One sentence that near, all others at .2. */
  private static Evidence.Meaning near(String nearest, double cosine) {
    return near(nearest, cosine, 0.2);
  }

  private static Evidence.Meaning near(String nearest, double cosine, double others) {
    return sentences ->
        sentences.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(), sentence -> sentence.equals(nearest) ? cosine : others));
  }

  private Retrieval retrieve(String question) throws InterruptedException {
    return retriever.retrieve(question, Scope.LOCAL, new Filter.All(), 6);
  }
}
