package dev.zhiku.generators.library;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model that can be used at once.
 *
 * @param name as it is used and removed by
 * @param bytes on disk
 * @param parameters as its server says it, such as {@code 7.6B}
 * @param quantization such as {@code Q4_K_M}, where it is known
 * @param contextTokens that it was trained for, where it is known
 * @param capabilities as Ollama names them, such as {@code thinking}
 * @param sha256 that was compared when it was fetched, or counted when it was copied
 */
public record InstalledModel(
    String name,
    Library library,
    long bytes,
    Optional<String> parameters,
    Optional<String> quantization,
    OptionalInt contextTokens,
    List<String> capabilities,
    Optional<String> sha256) {

  /** Who keeps it. */
  public enum Library {
    /** An Ollama server. */
    OLLAMA,
    /** The data folder, for the native backend. */
    GGUF
  }

  public InstalledModel {
    capabilities = List.copyOf(capabilities);
  }
}
