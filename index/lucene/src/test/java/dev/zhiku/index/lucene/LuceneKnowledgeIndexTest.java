package dev.zhiku.index.lucene;

import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.testing.KnowledgeIndexContract;
import java.nio.file.Path;

final class LuceneKnowledgeIndexTest extends KnowledgeIndexContract {
  @Override
  protected KnowledgeIndex create(Path folder) {
    return LuceneKnowledgeIndex.open(folder, LuceneSettings.DEFAULT);
  }
}
