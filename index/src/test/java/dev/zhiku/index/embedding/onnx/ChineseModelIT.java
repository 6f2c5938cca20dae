package dev.zhiku.index.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChineseModelIT extends BundledModelContract {
  private static final double[] RECORDED = {
    0.0139, 0.0042, 0.0578, -0.0063, 0.0260, -0.0467, -0.0227, 0.0164
  };

  @Override
  BundledModel model() {
    return BundledModel.CHINESE;
  }

  @Test
  void products_named_in_capitals_are_told_apart() throws InterruptedException {
    double cosine = cosine("如何配置 Redis 集群", "如何配置 Kafka 集群");
    assertThat(cosine).isLessThan(0.95);
  }

  @Test
  void case_width_and_traditional_characters_make_no_difference() throws InterruptedException {
    assertThat(embedder().embedQuery("如何設定 ＲＥＤＩＳ 叢集"))
        .isEqualTo(embedder().embedQuery("如何设定 redis 丛集"));
  }

  @Test
  void a_paraphrase_is_nearer_than_another_subject() throws InterruptedException {
    assertNearer("试用期有多长？", "新员工入职后的前三个月为考察期。", "离心机启动前必须平衡转子。");
    assertNearer("发烧了应该怎么办？", "体温升高时请多喝水并及时就医。", "合同违约须支付违约金。");
    assertNearer("服务器什么时候停机？", "机房将于周六晚十点起断电维护。", "差旅费凭发票报销。");
  }

  @Test
  void vectors_are_those_that_the_revision_stands_for() throws InterruptedException {
    assertThat(embedder().id()).hasToString("bge-small-zh-v1.5-q:1-d3d76dc5:512");
    assertRecorded("知识库从您自己的文件中回答问题。", RECORDED);
  }
}
