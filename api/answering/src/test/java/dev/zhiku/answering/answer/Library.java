package dev.zhiku.answering.answer;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import dev.zhiku.index.TextHash;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.index.testing.LeakCheckingIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A small collection in memory, embedded without a model. */
public final class Library {
  public final LeakCheckingIndex index = new LeakCheckingIndex(new InMemoryKnowledgeIndex());
  public final Embedders embedders;

  /** One whose passages are embedded by their words. */
  public Library() {
    this(Embedders.single(new HashingEmbedder()));
  }

  /**
   * @param embedders of its passages
   */
  public Library(Embedders embedders) {
    this.embedders = embedders;
  }

  /** A text document with these passages. */
  public DocumentMeta add(String path, String... texts) {
    return add(path, "text/plain", List.of(Location.whole(List.of())), texts);
  }

  /** A document with these passages at these places; the last place stands for all further ones. */
  public DocumentMeta add(String path, String mediaType, List<Location> places, String... texts) {
    DocumentMeta document =
        new DocumentMeta(
            DocumentId.random(),
            "knowledge",
            path,
            mediaType,
            1,
            Instant.parse("2026-05-01T08:00:00Z"),
            "0".repeat(64),
            "1",
            Set.of());
    try {
      index.replace(document, passages(document, places, texts));
      index.commit(1);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return document;
  }

  private List<EmbeddedPassage> passages(
      DocumentMeta document, List<Location> places, String... texts) throws InterruptedException {
    List<EmbeddedPassage> passages = new ArrayList<>();
    for (String text : texts) {
      int ordinal = passages.size();
      Location place = places.get(Math.min(ordinal, places.size() - 1));
      passages.add(
          new EmbeddedPassage(
              new Passage(new PassageId(document.id(), ordinal), text, place),
              embedders.forPassage(text).id(),
              TextHash.of(text),
              embedders.forPassage(text).embedPassages(List.of(text)).getFirst()));
    }
    return passages;
  }
}
