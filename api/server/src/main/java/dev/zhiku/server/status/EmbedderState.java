package dev.zhiku.server.status;

import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.ServerText;
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
    return ServerText.of("embedder-away", why.what());
  }
}
