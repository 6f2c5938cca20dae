package dev.zhiku.app.bundle;

import dev.zhiku.ingest.extract.ocr.Tesseract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of a bundle, each put in if this machine has it; what is said is what was put in. */
public final class BundleParts {
  private static final String BUILT = "api/dist/target/dist";
  private static final String RUNTIME = "runtime";

  private final Bundle bundle;

  public BundleParts(Bundle bundle) {
    this.bundle = bundle;
  }

  /**
   * The service.
   *
   * @param archives those that were built in this checkout, or this installation, if empty
   */
  public List<String> program(List<Path> archives) throws IOException {
    List<Path> files = archives.isEmpty() ? built() : archives;
    List<String> put = new ArrayList<>();
    for (Path file : files) {
      bundle.copy(file, "program/" + file.getFileName());
      put.add(file.getFileName().toString());
    }
    Optional<Path> installed = home().filter(home -> Files.isDirectory(home.resolve(RUNTIME)));
    if (put.isEmpty() && installed.isPresent()) {
      for (String part : List.of("lib", RUNTIME, "samples", "licences")) {
        if (Files.isDirectory(installed.get().resolve(part))) {
          bundle.copyAll(installed.get().resolve(part), "program/zhiku/" + part);
        }
      }
      try (Stream<Path> all = Files.list(installed.get())) {
        for (Path file : all.filter(BundleParts::isOfTheProgram).sorted().toList()) {
          bundle.copy(file, "program/zhiku/" + file.getFileName());
        }
      }
      put.add("zhiku, unpacked, for this kind of machine");
    }
    return put;
  }

  /** Documents, keys and settings may lie beside it and are nobody else's. */
  private static boolean isOfTheProgram(Path file) {
    return Files.isRegularFile(file)
        && List.of("zhiku", "zhiku.cmd", "start-zhiku.cmd", "zhiku.jar", "LICENSE")
            .contains(file.getFileName().toString());
  }

  private static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty("zhiku.home")).map(Path::of);
  }

  private static List<Path> built() throws IOException {
    Optional<Path> folder = home().map(home -> home.resolve(BUILT)).filter(Files::isDirectory);
    if (folder.isEmpty()) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** The Tesseract of this machine, on Linux. */
  public List<String> tesseract() throws IOException, InterruptedException {
    Optional<Tesseract> found = Tesseract.find();
    return found.isEmpty() || !System.getProperty("os.name").equals("Linux")
        ? List.of()
        : PortableTesseract.copy(found.get(), bundle, "tesseract");
  }

  /** Model files. */
  public List<String> gguf(List<Path> files) throws IOException {
    List<String> put = new ArrayList<>();
    for (Path file : files) {
      bundle.copy(file, "gguf/" + file.getFileName());
      put.add(file.getFileName().toString());
    }
    return put;
  }

  /**
   * Models of Ollama.
   *
   * @param store empty where there is none
   * @throws IOException if one of them is not there whole
   */
  public List<String> ollama(Optional<OllamaStore> store, List<String> models) throws IOException {
    if (!models.isEmpty() && store.isEmpty()) {
      throw new IOException("Ollama has no folder of models here; name it with --ollama DIR");
    }
    for (String model : models) {
      store.orElseThrow().copy(model, bundle, "ollama");
    }
    return models;
  }

  /** An embedding model in a folder. */
  public List<String> embedder(Optional<Path> folder) throws IOException {
    if (folder.isEmpty()) {
      return List.of();
    }
    if (!Files.isRegularFile(folder.get().resolve("tokenizer.json"))) {
      throw new IOException(folder.get() + " holds no tokenizer.json and so no embedding model");
    }
    bundle.copyAll(folder.get(), "embedder");
    return List.of(String.valueOf(folder.get().getFileName()));
  }
}
