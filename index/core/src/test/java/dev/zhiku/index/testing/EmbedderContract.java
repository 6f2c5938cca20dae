package dev.zhiku.index.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Contract of every {@link Embedder}, whatever its model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EmbedderContract {
  private static final List<String> TEXTS =
      List.of(
          "The rotor must be balanced before the centrifuge is started.",
          "离心机启动前必须平衡转子。",
          "Claims for expenses need the original invoice.",
          "报销须附发票原件。",
          "Redis 集群与 Kafka 集群的配置",
          "AX-4711",
          "a",
          "The meeting was moved to Thursday, 15:30, room 2.07. ".repeat(6));

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " \n\t ",
          "😀👨‍👩‍👧‍👦🇨🇳",
          "\u0000\u0001\u007f\uFFFE\uFFFF",
          "\uD83D halves of characters \uDE00",
          "[CLS] [SEP] [MASK] [PAD] [UNK]",
          "\u200B\u200D\u2060\uFEFF",
          "\uDB40\uDC41\uDB40\uDC42",
          "مرحبا שלום नमस्ते สวัสดี ﷺ",
          "e\u0301\u0302\u0303".repeat(50),
          "x".repeat(20_000),
          "\\u0000 %s ${jndi:x} <b>&amp;</b> '; --");

  private Embedder embedder;

  /** A new embedder; the contract closes it. */
  protected abstract Embedder open() throws Exception;

  /** The embedder that the tests of one class share. */
  protected final Embedder embedder() {
    return embedder;
  }

  @BeforeAll
  void openShared() throws Exception {
    embedder = open();
  }

  @AfterAll
  void closeShared() {
    embedder.close();
  }

  @Test
  void every_text_gets_one_vector_of_norm_1_in_its_order() throws InterruptedException {
    List<Embedding> vectors = embedder.embedPassages(TEXTS);
    assertThat(vectors).hasSameSizeAs(TEXTS);
    for (int i = 0; i < TEXTS.size(); i++) {
      assertUnit(vectors.get(i));
      assertThat(vectors.get(i)).isEqualTo(embedder.embedPassages(List.of(TEXTS.get(i))).get(0));
    }
    assertThat(vectors).doesNotHaveDuplicates();
  }

  @Test
  void neighbours_do_not_change_a_vector() throws InterruptedException {
    List<String> reversed = new ArrayList<>(TEXTS);
    Collections.reverse(reversed);
    List<Embedding> vectors = new ArrayList<>(embedder.embedPassages(reversed));
    Collections.reverse(vectors);
    assertThat(vectors).isEqualTo(embedder.embedPassages(TEXTS));
  }

  @Test
  void a_question_is_nearest_to_the_passage_that_says_the_same() throws InterruptedException {
    for (String text : TEXTS) {
      Embedding question = embedder.embedQuery(text);
      assertUnit(question);
      List<Embedding> passages = embedder.embedPassages(TEXTS);
      int nearest =
          Collections.max(
              IntStream.range(0, TEXTS.size()).boxed().toList(),
              (a, b) ->
                  Double.compare(
                      question.cosine(passages.get(a)), question.cosine(passages.get(b))));
      assertThat(TEXTS.get(nearest)).isEqualTo(text);
    }
  }

  @Test
  void as_many_texts_as_allowed_are_embedded_in_one_call() throws InterruptedException {
    List<String> texts = IntStream.range(0, Embedder.MAX_TEXTS).mapToObj(i -> "Item " + i).toList();
    assertThat(embedder.embedPassages(texts)).hasSize(Embedder.MAX_TEXTS);
  }

  @Test
  void no_texts_or_too_many_are_refused_with_the_limit() {
    List<String> tooMany = Collections.nCopies(Embedder.MAX_TEXTS + 1, "text");
    for (List<String> texts : List.of(List.<String>of(), tooMany)) {
      assertThatThrownBy(() -> embedder.embedPassages(texts))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1..64")
          .hasMessageContaining("got " + texts.size());
    }
  }

  @Test
  void odd_text_gets_a_vector_too() throws InterruptedException {
    for (String text : ODD_TEXTS) {
      assertUnit(embedder.embedQuery(text));
      assertThat(embedder.countTokens(text)).isNotNegative();
    }
    embedder.embedPassages(ODD_TEXTS).forEach(this::assertUnit);
  }

  @Test
  void a_text_beyond_the_length_is_cut_at_its_end() throws InterruptedException {
    int words = embedder.maxTokens() + 200;
    String shorter = "word ".repeat(words);
    String longer = shorter + "and something quite different at the end ".repeat(100);
    assertThat(embedder.countTokens(shorter)).isGreaterThan(embedder.maxTokens());
    assertThat(embedder.embedQuery(longer)).isEqualTo(embedder.embedQuery(shorter));
    assertThat(embedder.embedQuery("first " + shorter)).isNotEqualTo(embedder.embedQuery(shorter));
  }

  @Test
  void a_text_of_a_million_characters_is_embedded() throws InterruptedException {
    assertUnit(embedder.embedQuery("知识库 knowledge 😀 ".repeat(60_000)));
  }

  @Test
  void more_text_has_more_tokens_and_counting_does_not_cut() {
    int one = embedder.countTokens("word");
    int many = embedder.countTokens("word ".repeat(10 * embedder.maxTokens()));
    assertThat(many - one).isEqualTo(10 * embedder.maxTokens() - 1);
    assertThat(embedder.countTokens("中文字符")).isEqualTo(one + 3);
  }

  @Test
  void many_threads_get_the_vectors_that_one_gets() throws Exception {
    List<Embedding> expected = embedder.embedPassages(TEXTS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<Embedding>>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(threads.submit(() -> embedder.embedPassages(TEXTS)));
      }
      for (Future<List<Embedding>> call : calls) {
        assertThat(call.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void an_interrupt_stops_the_wait_and_later_calls_work() throws InterruptedException {
    List<String> texts = Collections.nCopies(Embedder.MAX_TEXTS, "word ".repeat(600));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> embedder.embedPassages(texts))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertUnit(embedder.embedQuery("again"));
  }

  @Test
  void another_instance_has_the_same_id_and_gives_the_same_vectors() throws Exception {
    try (Embedder other = open()) {
      assertThat(other.id()).isEqualTo(embedder.id());
      assertThat(other.embedPassages(TEXTS)).isEqualTo(embedder.embedPassages(TEXTS));
    }
  }

  @Test
  void closing_twice_is_closing_once() throws Exception {
    Embedder other = open();
    other.close();
    other.close();
  }

  private void assertUnit(Embedding vector) {
    assertThat(vector.dimension()).isEqualTo(embedder.id().dimension());
    assertThat(vector.cosine(vector)).isBetween(0.998, 1.002);
  }
}
