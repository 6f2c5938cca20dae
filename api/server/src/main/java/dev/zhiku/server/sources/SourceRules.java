package dev.zhiku.server.sources;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.server.http.ServerText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The rules that a folder must keep to become a source while the service runs. */
public final class SourceRules {
  private SourceRules() {}

  /**
   * A path as somebody wrote it.
   *
   * @throws Problem {@code source-refused} if it is none of this system, or not absolute
   */
  static Path path(String written) {
    boolean unixHere = !Path.of("").toAbsolutePath().toString().contains("\\");
    if (unixHere
        && (written.startsWith("\\\\") || written.startsWith("//") || isAddress(written))) {
      throw refused("source-rule.share", "source-way.share", written);
    }
    try {
      Path path = Path.of(written);
      if (!path.isAbsolute()) {
        throw refused("source-rule.relative", "source-way.relative", written);
      }
      return path.normalize();
    } catch (InvalidPathException e) {
      throw refused("source-rule.relative", "source-way.relative", written);
    }
  }

  private static boolean isAddress(String written) {
    return written.matches("(?i)[a-z][a-z0-9+.-]+://.*");
  }

  /**
   * Checks that a folder can be a source beside these.
   *
   * @param others every source there is, the samples too
   * @param data the data folder
   * @throws Problem {@code source-exists}, or {@code source-refused} with the rule and the way out
   */
  public static void check(SourceConfig wanted, List<SourceConfig> others, Path data) {
    if (others.stream().anyMatch(other -> other.name().equals(wanted.name()))) {
      throw new Problem(ProblemCode.SOURCE_EXISTS, wanted.name());
    }
    if (others.size() >= SourceConfig.MAX_SOURCES) {
      throw refused("source-rule.too-many", "source-way.too-many", SourceConfig.MAX_SOURCES);
    }
    Path path = wanted.path();
    if (!Files.exists(path)) {
      throw refused("source-rule.missing", "source-way.missing", path);
    }
    if (!Files.isDirectory(path)) {
      throw refused("source-rule.no-folder", "source-way.no-folder", path);
    }
    if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      throw refused("source-rule.unreadable", "source-way.unreadable", path);
    }
    Path real = real(path);
    Path ours = real(data);
    if (real.startsWith(ours) || ours.startsWith(real)) {
      throw refused("source-rule.data", "source-way.data", path);
    }
    for (SourceConfig other : others) {
      Path there = real(other.path());
      if (real.startsWith(there)) {
        throw refused("source-rule.inside", "source-way.inside", other.name(), other.path());
      }
      if (there.startsWith(real)) {
        throw refused("source-rule.around", "source-way.around", other.name(), other.path());
      }
    }
  }

  /** Follows the links on the way to a folder that may not be there. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath();
    } catch (IOException e) {
      Path parent = absolute.getParent();
      return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
    }
  }

  private static Problem refused(String rule, String way, Object... values) {
    return new Problem(
        ProblemCode.SOURCE_REFUSED, ServerText.of(rule, values), ServerText.of(way, values));
  }
}
