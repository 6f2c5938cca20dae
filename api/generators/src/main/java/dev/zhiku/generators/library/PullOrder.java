package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.egress.Download;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which model is wanted.
 *
 * @param name of the catalogue or of Ollama, an https address, or an absolute path
 * @param sha256 that an administrator names
 */
public record PullOrder(String name, Optional<String> sha256, Hub hub) {
  private static final int MAX_CHARS = 2_000;

  public PullOrder {
    if (name.isBlank() || name.length() > MAX_CHARS) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE, "name", GeneratorText.of("rule.name-length", MAX_CHARS));
    }
    sha256 = sha256.map(Sha256::given);
  }

  /** The name as it is shown and logged: of an address nothing that may be a secret. */
  String shownName() {
    return isAddress() ? Download.shown(RemoteFile.address(name)) : name;
  }

  boolean isAddress() {
    return name.matches("(?i)https?://.*");
  }

  /** Empty if it is no absolute path. */
  Optional<Path> path() {
    try {
      return Optional.of(Path.of(name)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
