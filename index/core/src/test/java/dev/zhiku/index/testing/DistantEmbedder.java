package dev.zhiku.index.testing;

import dev.zhiku.index.embedding.Embedder;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.embedding.EmbedderId;
import dev.zhiku.index.embedding.Embedding;
import dev.zhiku.index.embedding.HashingEmbedder;
import dev.zhiku.index.message.Phrase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** An embedder that runs elsewhere, as far as anybody can tell, and can be out of reach. */
public final class DistantEmbedder implements Embedder {
  private final HashingEmbedder model = new HashingEmbedder();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile boolean reachable = true;
  private volatile boolean known = true;

  /** Out of reach from now on, and known to be. */
  public void leave() {
    reachable = false;
    known = true;
  }

  /** Out of reach from now on, as whoever asks next will find out. */
  public void leaveUnseen() {
    known = false;
    reachable = false;
  }

  /** Back from now on. */
  public void comeBack() {
    reachable = true;
  }

  /** Calls that found it out of reach. */
  public int refused() {
    return refused.get();
  }

  @Override
  public Optional<EmbedderAwayException> away() {
    return reachable || !known ? Optional.empty() : Optional.of(trouble());
  }

  private static EmbedderAwayException trouble() {
    return new EmbedderAwayException(new Phrase("It is out of reach.", "无法连接。"), null);
  }

  private void requireReachable() {
    if (!reachable) {
      known = true;
      refused.incrementAndGet();
      throw trouble();
    }
  }

  @Override
  public boolean computesHere() {
    return false;
  }

  @Override
  public EmbedderId id() {
    return model.id();
  }

  @Override
  public List<Embedding> embedPassages(List<String> texts) throws InterruptedException {
    requireReachable();
    return model.embedPassages(texts);
  }

  @Override
  public Embedding embedQuery(String question) throws InterruptedException {
    requireReachable();
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
