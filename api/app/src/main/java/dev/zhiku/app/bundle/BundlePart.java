package dev.zhiku.app.bundle;

import dev.zhiku.app.doctor.AppText;
import dev.zhiku.index.message.Phrase;
import java.util.Locale;

/** A part of a bundle. */
public enum BundlePart {
  PROGRAM("bundle.program.place", "bundle.program.missing"),
  TESSERACT("bundle.tesseract.place", "bundle.tesseract.missing"),
  GGUF("bundle.gguf.place", "bundle.gguf.missing"),
  OLLAMA("bundle.ollama.place", "bundle.ollama.missing"),
  EMBEDDER("bundle.embedder.place", "bundle.embedder.missing");

  private final String place;
  private final String missing;

  BundlePart(String place, String missing) {
    this.place = place;
    this.missing = missing;
  }

  /** Name of its folder. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The sentence on how the part is put in place. */
  public Phrase place() {
    return AppText.of(place);
  }

  /** The sentence on where to get the part if it is missing. */
  public Phrase missing() {
    return AppText.of(missing);
  }
}
