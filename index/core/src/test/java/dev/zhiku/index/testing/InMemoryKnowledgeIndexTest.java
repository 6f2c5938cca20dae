package dev.zhiku.index.testing;

import dev.zhiku.index.KnowledgeIndex;
import java.nio.file.Path;

final class InMemoryKnowledgeIndexTest extends KnowledgeIndexContract {
  @Override
  protected KnowledgeIndex create(Path folder) {
    return new InMemoryKnowledgeIndex();
  }
}
