package dev.zhiku.generators.llamacpp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The tiny model for tests of the whole service and of servers, as {@link TinyModels} has it. */
public final class TinyModelFile {
  /** What it says to a question that ends with an exclamation mark. */
  public static final String SHORT = TinyModels.SHORT;

  /** Tokens of that, with the one that ends it. */
  public static final int SHORT_TOKENS = TinyModels.SHORT_TOKENS;

  private TinyModelFile() {}

  /** Writes it beside its place and moves it there whole. */
  public static void write(Path file) throws Exception {
    write(file, TinyModels.speaking());
  }

  /** The same with other weights, which say the same. */
  public static void write(Path file, long seed) throws Exception {
    write(file, TinyModels.speaking(seed));
  }

  private static void write(Path file, TinyModel model) throws Exception {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    model.write(beside);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
