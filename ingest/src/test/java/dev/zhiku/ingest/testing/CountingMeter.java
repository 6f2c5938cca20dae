package dev.zhiku.ingest.testing;

import dev.zhiku.ingest.pipeline.IngestMeter;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it is told. */
public final class CountingMeter implements IngestMeter {
  private final AtomicInteger embedded = new AtomicInteger();
  private final AtomicInteger carriedOver = new AtomicInteger();
  private final AtomicInteger parsed = new AtomicInteger();

  @Override
  public void embedded(int texts) {
    embedded.addAndGet(texts);
  }

  @Override
  public void carriedOver(int vectors) {
    carriedOver.addAndGet(vectors);
  }

  @Override
  public void parsed(String outcome) {
    parsed.incrementAndGet();
  }

  public int embedded() {
    return embedded.get();
  }

  public int carriedOver() {
    return carriedOver.get();
  }

  public int parsed() {
    return parsed.get();
  }
}
