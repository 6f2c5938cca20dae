package dev.zhiku.answering.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.Library;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.embedding.Language;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Questions in another language than the documents. */
class OtherLanguageTest {
  private static final Embedders ONE_EACH =
      new Embedders(
          Map.of(
              Language.CHINESE,
              new HashingEmbedder(128),
              Language.ENGLISH,
              new HashingEmbedder(256)));

  private final Library each = new Library(ONE_EACH);

  private static Retriever retriever(Library library) {
    return new Retriever(library.index, library.embedders, SearchConfig.DEFAULT, new Semaphore(1));
  }

  private static Retrieval retrieve(Library library, String question) throws InterruptedException {
    return retriever(library).retrieve(question, Scope.LOCAL, new Filter.All(), 20);
  }

  @Test
  void documents_that_only_words_can_find_are_named() throws Exception {
    each.add("manual.txt", "The cooling pump needs oil every month.");
    each.add("lease.txt", "The rent is paid on the first day of the month.");

    OtherLanguage other = retrieve(each, "冷却泵多久加一次油？").otherLanguage();

    assertThat(other.documents()).isEqualTo(2);
    assertThat(other.names()).containsExactly("lease", "manual");
    assertThat(other.nothingElse()).isTrue();
  }

  @Test
  void with_documents_in_both_languages_there_is_something_else() throws Exception {
    each.add("manual.txt", "The cooling pump needs oil every month.");
    each.add("食堂.txt", "食堂中午十一点半开门。");
    String question = "冷却泵多久加一次油？";

    OtherLanguage other = retriever(each).otherLanguage(question, Scope.LOCAL, new Filter.All());

    assertThat(other.documents()).isEqualTo(1);
    assertThat(other.names()).containsExactly("manual");
    assertThat(other.nothingElse()).isFalse();
    assertThat(retrieve(each, question).otherLanguage().nothingElse()).isFalse();
  }

  @Test
  void a_question_with_no_word_of_a_language_is_not_embedded_by_its_model() throws Exception {
    Counting english = new Counting(256);
    Counting chinese = new Counting(128);
    Library counted =
        new Library(new Embedders(Map.of(Language.CHINESE, chinese, Language.ENGLISH, english)));
    counted.add("manual.txt", "The cooling pump needs oil every month.");
    counted.add("食堂.txt", "食堂中午十一点半开门。");

    retrieve(counted, "食堂几点开门？");
    assertThat(List.of(chinese.questions, english.questions)).containsExactly(1, 0);
    retrieve(counted, "When does the pump need oil?");
    assertThat(List.of(chinese.questions, english.questions)).containsExactly(1, 1);
    retrieve(counted, "pump 多久加一次油？");
    assertThat(List.of(chinese.questions, english.questions)).containsExactly(2, 2);
  }

  @Test
  void where_the_asker_has_documents_in_the_other_language_alone_they_are_searched()
      throws Exception {
    DocumentMeta manual = each.add("manual.txt", "The cooling pump needs oil every month.");
    each.add("食堂.txt", "食堂中午十一点半开门。");
    Filter wanted = new Filter.Documents(Set.of(manual.id()));

    Retrieval found = retriever(each).retrieve("冷却泵多久加一次油？", Scope.LOCAL, wanted, 20);

    assertThat(found.otherLanguage().nothingElse()).isTrue();
    assertThat(found.otherLanguage().names()).containsExactly("manual");
    assertThat(found.passages()).hasSize(1);
  }

  @Test
  void a_question_in_the_language_of_all_documents_leaves_nothing_to_words() throws Exception {
    each.add("manual.txt", "The cooling pump needs oil every month.");

    assertThat(retrieve(each, "How often does the pump need oil?").otherLanguage())
        .isEqualTo(OtherLanguage.NONE);
  }

  @Test
  void a_model_of_both_languages_finds_the_other_one_though_its_own_is_nearer() throws Exception {
    Library both = new Library(Embedders.multilingual(new Bilingual()));
    DocumentMeta manual = both.add("manual.txt", "The cooling pump needs oil every month.");
    both.add("lease.txt", "The rent is paid on the first day.");
    both.add("仓库.txt", "仓库里存放食用油。");
    for (int i = 0; i < 30; i++) {
      both.add("通知" + i + ".txt", "第" + i + "号通知：食堂星期" + i + "开门。");
    }

    Retrieval found = retrieve(both, "冷却泵多久加一次油？");

    assertThat(found.otherLanguage()).isEqualTo(OtherLanguage.NONE);
    assertThat(found.passages().stream().limit(2).map(ScoredPassage::document)).contains(manual);
  }

  /** Counts the questions that it is asked to embed. */
  private static final class Counting implements Embedder {
    private final HashingEmbedder model;
    private int questions;

    Counting(int dimension) {
      model = new HashingEmbedder(dimension);
    }

    @Override
    public EmbedderId id() {
      return model.id();
    }

    @Override
    public List<Embedding> embedPassages(List<String> texts) throws InterruptedException {
      return model.embedPassages(texts);
    }

    @Override
    public Embedding embedQuery(String question) throws InterruptedException {
      questions++;
      return model.embedQuery(question);
    }

    @Override
    public int countTokens(String text) {
      return model.countTokens(text);
    }

    @Override
    public int maxTokens() {
      return model.maxTokens();
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /** A model for which the language counts more than the subject: oil, or anything else. */
  private static final class Bilingual implements Embedder {
    @Override
    public EmbedderId id() {
      return new EmbedderId("bilingual", "1", 4);
    }

    private static Embedding vector(String text) {
      boolean chinese = Language.of(text) == Language.CHINESE;
      boolean oil = text.contains("oil") || text.contains("油");
      return Embedding.normalized(
          new float[] {chinese ? 3 : 0, chinese ? 0 : 3, oil ? 1 : 0, oil ? 0 : 1});
    }

    @Override
    public List<Embedding> embedPassages(List<String> texts) {
      return texts.stream().map(Bilingual::vector).toList();
    }

    @Override
    public Embedding embedQuery(String question) {
      return vector(question);
    }

    @Override
    public int countTokens(String text) {
      return text.length();
    }

    @Override
    public int maxTokens() {
      return 512;
    }

    @Override
    public void close() {}
  }
}
