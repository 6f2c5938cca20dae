package dev.zhiku.index.lucene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folder of the damaged files of a generation, kept for whoever wants to look at them: beside it,
 * {@code gen-000001.damaged/}, the last ones only.
 */
final class Quarantine {
  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final String SUFFIX = ".damaged";

  private Quarantine() {}

  /** Moves the whole generation aside. */
  static Path whole(Path generation) throws IOException {
    Path aside = aside(generation);
    IOUtils.rm(aside);
    return Files.move(generation, aside);
  }

  /**
   * Keeps files of the generation under a second name, for it may be about to delete them; no copy
   * is made where the file system has hard links.
   *
   * @return empty if they could not be kept: the repair goes before the evidence
   */
  static Optional<Path> files(Path generation, Collection<String> names) {
    Path aside = aside(generation);
    try {
      IOUtils.rm(aside);
      Files.createDirectories(aside);
      for (String name : names) {
        Path file = generation.resolve(name);
        if (Files.exists(file)) {
          keep(file, aside.resolve(name));
        }
      }
      return Optional.of(aside);
    } catch (IOException e) {
      LOG.warn("Damaged files of {} could not be kept: {}", generation, e.toString());
      return Optional.empty();
    }
  }

  private static void keep(Path file, Path under) throws IOException {
    try {
      Files.createLink(under, file);
    } catch (IOException | UnsupportedOperationException noLinksHere) {
      Files.copy(file, under);
    }
  }

  private static Path aside(Path generation) {
    return generation.resolveSibling(generation.getFileName() + SUFFIX);
  }
}
