package dev.zhiku.index.testing;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.TextHash;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An index that passes every call on to another; subclasses change some of them. */
public abstract class ForwardingIndex implements KnowledgeIndex {
  private final KnowledgeIndex index;

  protected ForwardingIndex(KnowledgeIndex index) {
    this.index = index;
  }

  @Override
  public void replace(DocumentMeta document, List<EmbeddedPassage> passages)
      throws InterruptedException {
    index.replace(document, passages);
  }

  @Override
  public void describe(DocumentId document, UnaryOperator<DocumentMeta> change)
      throws InterruptedException {
    index.describe(document, change);
  }

  @Override
  public void remove(DocumentId document) throws InterruptedException {
    index.remove(document);
  }

  @Override
  public void commit(long epoch) throws InterruptedException {
    index.commit(epoch);
  }

  @Override
  public Snapshot snapshot() throws InterruptedException {
    return index.snapshot();
  }

  @Override
  public Snapshot snapshotOf(Set<DocumentId> documents, Set<TextHash> texts)
      throws InterruptedException {
    return index.snapshotOf(documents, texts);
  }

  @Override
  public void close() {
    index.close();
  }
}
