package dev.zhiku.ingest.extract;

import java.nio.file.Path;
import java.util.Locale;

/**
 * A file as a reader sees it.
 *
 * @param path a private copy
 * @param name the original's name, never used as a path
 * @param mediaType as detected, without parameters
 */
public record InputFile(Path path, String name, String mediaType) {
  /** The name's ending in lower case, without the dot; empty if it has none. */
  public String extension() {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
