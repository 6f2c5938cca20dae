package dev.zhiku.server.status;

import dev.zhiku.answering.problem.Phrase;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.Embedders;
import java.util.Optional;

/** Whether passages and questions can be embedded now. */
public final class EmbedderState {
  private final Embedders embedders;

  public EmbedderState(Embedders embedders) {
    this.embedders = embedders;
  }

  /** Why not, and what happens meanwhile; empty where they can. */
  Optional<Phrase> away() {
    return embedders.away().map(EmbedderState::explained);
  }

  private static Phrase explained(EmbedderAwayException why) {
    return new Phrase(
        why.english()
            + " Until the embedding model is back, documents are searched by their words alone and"
            + " new files wait.",
        why.chinese() + "向量模型恢复之前，文档只按字词检索，新文件等待处理。");
  }
}
