package dev.zhiku.app.size;

import dev.zhiku.app.evaluation.LabelledCollection;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.Embedding;
import java.text.BreakIterator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * An index as large as is asked for, of real texts: each passage is a real one with sentences of
 * others in place of its last ones, and its vector is that of the real one with noise. Half of the
 * passages are Chinese. The same seed gives the same index. Not thread-safe.
 */
final class GrownIndex {
  /** Real passages of each language that are embedded. */
  private static final int EMBEDDED = 1_500;

  private static final int SECTION_CHINESE = 400;
  private static final int SECTION_ENGLISH = 1_200;
  private static final int PASSAGES_OF_DOCUMENT = 20;

  /** Of the length of the vector: passages of one origin have a cosine of about .86. */
  private static final double NOISE = 0.4;

  private static final int COMMITTED_TOGETHER = 10_000;
  private static final Instant WRITTEN = Instant.parse("2026-03-01T08:00:00Z");

  private final Random random;
  private final List<Origin> chinese;
  private final List<Origin> english;

  /** A real passage. */
  private record Origin(
      String title, List<String> sentences, Embedding vector, Embedder embedder) {}

  private GrownIndex(Random random, List<Origin> chinese, List<Origin> english) {
    this.random = random;
    this.chinese = chinese;
    this.english = english;
  }

  static GrownIndex of(
      LabelledCollection chinese, LabelledCollection english, Embedders embedders, long seed)
      throws InterruptedException {
    return new GrownIndex(
        new Random(seed),
        origins(chinese, embedders, SECTION_CHINESE, Locale.CHINESE),
        origins(english, embedders, SECTION_ENGLISH, Locale.ENGLISH));
  }

  private static List<Origin> origins(
      LabelledCollection collection, Embedders embedders, int length, Locale locale)
      throws InterruptedException {
    List<LabelledCollection.Document> documents = new ArrayList<>(collection.documents());
    Collections.shuffle(documents, new Random(documents.size()));
    List<Origin> origins = new ArrayList<>();
    for (LabelledCollection.Document document : documents) {
      String text = document.text();
      if (origins.size() == EMBEDDED) {
        break;
      }
      String part = text.substring(0, Math.min(length, text.length()));
      Embedder embedder = embedders.forPassage(part);
      Embedding vector = embedder.embedPassages(List.of(document.title() + "\n" + part)).getFirst();
      origins.add(new Origin(document.title(), sentences(part, locale), vector, embedder));
    }
    return origins;
  }

  private static List<String> sentences(String text, Locale locale) {
    BreakIterator breaks = BreakIterator.getSentenceInstance(locale);
    breaks.setText(text);
    List<String> sentences = new ArrayList<>();
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; from = to, to = breaks.next()) {
      sentences.add(text.substring(from, to));
    }
    return sentences;
  }

  /** Writes so many passages, committed in parts as ingest does it. */
  void write(KnowledgeIndex index, int passages) throws InterruptedException {
    int written = 0;
    long epoch = 0;
    for (int number = 0; written < passages; number++) {
      int size = Math.min(PASSAGES_OF_DOCUMENT, passages - written);
      write(index, number, size);
      if (written / COMMITTED_TOGETHER != (written + size) / COMMITTED_TOGETHER) {
        index.commit(++epoch);
      }
      written += size;
    }
    index.commit(++epoch);
  }

  private void write(KnowledgeIndex index, int number, int size) throws InterruptedException {
    List<Origin> all = number % 2 == 0 ? chinese : english;
    Origin first = all.get(random.nextInt(all.size()));
    DocumentMeta document = document(number, first.title());
    List<EmbeddedPassage> passages = new ArrayList<>();
    for (int ordinal = 0; ordinal < size; ordinal++) {
      Origin origin = ordinal == 0 ? first : all.get(random.nextInt(all.size()));
      String text = text(origin, all);
      Passage passage =
          new Passage(
              new PassageId(document.id(), ordinal), text, Location.whole(List.of(origin.title())));
      passages.add(
          new EmbeddedPassage(
              passage, origin.embedder().id(), TextHash.of(text), near(origin.vector())));
    }
    index.replace(document, passages);
  }

  private static DocumentMeta document(int number, String title) {
    return new DocumentMeta(
        new DocumentId("d_%022d".formatted(number)),
        "knowledge",
        "folder%03d/%s %d.md".formatted(number % 200, title.replace('/', '-'), number),
        "text/markdown",
        8_000,
        WRITTEN.plusSeconds(number),
        "0".repeat(64),
        "grown-1",
        Set.of());
  }

  private String text(Origin origin, List<Origin> all) {
    List<String> sentences = new ArrayList<>(origin.sentences());
    for (int i = sentences.size() / 2; i < sentences.size(); i++) {
      List<String> others = all.get(random.nextInt(all.size())).sentences();
      sentences.set(i, others.get(random.nextInt(others.size())));
    }
    String text = String.join("", sentences).strip();
    return text.substring(0, Math.min(Passage.MAX_CHARS, text.length()));
  }

  private Embedding near(Embedding vector) {
    float[] values = vector.toArray();
    double deviation = NOISE / Math.sqrt(values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (deviation * random.nextGaussian());
    }
    return Embedding.normalized(values);
  }
}
