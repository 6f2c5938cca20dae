package dev.zhiku.index.embedding.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnglishModelIT extends BundledModelContract {
  private static final double[] RECORDED = {
    -0.0236, 0.0227, 0.0208, -0.0372, 0.0853, -0.0418, 0.0643, -0.0169
  };

  @Override
  BundledModel model() {
    return BundledModel.ENGLISH;
  }

  @Test
  void products_are_told_apart() throws InterruptedException {
    assertThat(cosine("How to configure a Redis cluster", "How to configure a Kafka cluster"))
        .isLessThan(0.95);
  }

  @Test
  void a_paraphrase_is_nearer_than_another_subject() throws InterruptedException {
    assertNearer(
        "How long is probation?",
        "New staff are on trial for their first three months.",
        "Balance the rotor before the centrifuge is started.");
    assertNearer(
        "What should I do with a fever?",
        "When your temperature rises, drink water and see a doctor.",
        "A party in breach of the contract pays a penalty.");
    assertNearer(
        "When will the servers be down?",
        "The machine room loses power on Saturday at ten for maintenance.",
        "Travel expenses need the original invoice.");
  }

  @Test
  void vectors_are_those_that_the_revision_stands_for() throws InterruptedException {
    assertThat(embedder().id()).hasToString("bge-small-en-v1.5-q:1-46a5f4dc:384");
    assertRecorded("The knowledge base answers from your own files.", RECORDED);
  }
}
