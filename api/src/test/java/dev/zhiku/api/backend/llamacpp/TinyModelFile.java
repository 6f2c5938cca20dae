package dev.zhiku.api.backend.llamacpp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The tiny model for tests of the whole service. */
public final class TinyModelFile {
  private TinyModelFile() {}

  /** Writes it beside its place and moves it there whole. */
  public static void write(Path file) throws Exception {
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    TinyModels.speaking().write(beside);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
