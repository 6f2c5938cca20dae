package dev.zhiku.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An agent that takes all memory of the process it is loaded into, once a file is there. */
public final class FilledHeap {
  private static final int BLOCK = 1 << 20;

  private FilledHeap() {}

  /**
   * Called by the JVM before the program.
   *
   * @param file is deleted first, so that the next process lives
   */
  public static void premain(String file) {
    Path sign = Path.of(file);
    Thread.ofPlatform().daemon(true).name("filled-heap").start(() -> fillAfter(sign));
  }

  private static void fillAfter(Path sign) {
    try {
      while (!Files.deleteIfExists(sign)) {
        Thread.sleep(20);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    List<byte[]> all = new ArrayList<>();
    while (!all.contains(new byte[0])) {
      all.add(new byte[BLOCK]);
    }
  }
}
