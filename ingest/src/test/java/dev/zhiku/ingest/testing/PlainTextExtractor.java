package dev.zhiku.ingest.testing;

import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads UTF-8 text in this process: every paragraph becomes a block. A file that begins with
 * {@value #BROKEN} is damaged to it, one that begins with {@value #HELD} is held until {@link
 * #letGo} and may be damaged then, one that begins with {@value #CRASHING} ends the parser.
 */
public final class PlainTextExtractor implements Extractor {
  public static final String BROKEN = "%BROKEN%";
  public static final String HELD = "%HELD%";
  public static final String CRASHING = "%CRASHING%";
  private final AtomicInteger files = new AtomicInteger();
  private final AtomicInteger held = new AtomicInteger();
  private final CountDownLatch letGo = new CountDownLatch(1);

  /** Files read so far. */
  public int files() {
    return files.get();
  }

  /** Files that were begun and held so far. */
  public int held() {
    return held.get();
  }

  /** Holds no file any more. */
  public void letGo() {
    letGo.countDown();
  }

  @Override
  public String version() {
    return "plain-text-1";
  }

  @Override
  public Extracted extract(Path file, String name) throws InterruptedException {
    files.incrementAndGet();
    String text = text(file);
    if (text.startsWith(HELD)) {
      held.incrementAndGet();
      letGo.await();
    }
    if (text.startsWith(BROKEN) || text.startsWith(HELD + BROKEN)) {
      return new Extracted.Rejected("text/plain", Reason.of(ReasonCode.CORRUPT));
    }
    if (text.startsWith(CRASHING)) {
      return new Extracted.Rejected("text/plain", Reason.of(ReasonCode.PARSER_CRASHED));
    }
    List<Block> blocks = new ArrayList<>();
    for (String paragraph : text.split("\n\n", 0)) {
      if (!paragraph.isBlank()) {
        blocks.add(new Block.Paragraph(paragraph.strip(), Block.Place.WHOLE));
      }
    }
    return blocks.isEmpty()
        ? new Extracted.Rejected("text/plain", Reason.of(ReasonCode.NO_TEXT))
        : new Extracted.Content("text/plain", blocks, 0, List.of());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {}
}
