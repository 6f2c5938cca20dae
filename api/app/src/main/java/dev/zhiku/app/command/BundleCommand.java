package dev.zhiku.app.command;

import dev.zhiku.app.bundle.Bundle;
import dev.zhiku.app.bundle.BundlePart;
import dev.zhiku.app.bundle.BundleParts;
import dev.zhiku.app.bundle.OllamaStore;
import dev.zhiku.app.config.ZhikuConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku bundle DIR}. */
@Command(
    name = "bundle",
    description =
        "Gathers in a folder what a machine without a network needs. Copies what is here and"
            + " downloads nothing.",
    mixinStandardHelpOptions = true)
final class BundleCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "An empty folder, made if need be")
  private Path folder = Path.of("");

  @Option(
      names = "--archive",
      paramLabel = "FILE",
      description = "An archive or package of the service; those that were built here if left out")
  private List<Path> archives = List.of();

  @Option(
      names = "--gguf",
      paramLabel = "FILE",
      description = "A model file; the configured one and those fetched if left out")
  private List<Path> gguf = List.of();

  @Option(
      names = "--ollama-model",
      paramLabel = "NAME",
      description = "A model that Ollama has on this machine; may be repeated")
  private List<String> ollamaModels = List.of();

  @Option(
      names = "--ollama",
      paramLabel = "DIR",
      description = "Ollama's folder of models; the usual one if left out")
  private @Nullable Path ollama;

  @Option(
      names = "--embedder",
      paramLabel = "DIR",
      description = "A folder with an embedding model; the configured one if left out")
  private @Nullable Path embedder;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try {
      ZhikuConfig config = options.load();
      Bundle bundle = Bundle.begin(folder.toAbsolutePath());
      BundleParts parts = new BundleParts(bundle);
      List<BundlePart> there = new ArrayList<>();
      try {
        note(out, there, BundlePart.PROGRAM, parts.program(archives));
        note(out, there, BundlePart.TESSERACT, parts.tesseract());
        note(out, there, BundlePart.GGUF, parts.gguf(gguf.isEmpty() ? models(config) : gguf));
        note(out, there, BundlePart.OLLAMA, parts.ollama(store(), ollamaModels));
        note(out, there, BundlePart.EMBEDDER, parts.embedder(embedderFolder(config)));
      } finally {
        out.flush();
      }
      bundle.end(there);
      out.printf(
          Locale.ROOT,
          "%s: %d files, %.1f MB. README.txt says how each part is put in place.%n",
          folder,
          bundle.names().size() + 1,
          bundle.bytes() / MEGABYTE);
      out.flush();
      return there.isEmpty() ? ExitCode.SOFTWARE : ExitCode.OK;
    } catch (FileAlreadyExistsException e) {
      throw new ParameterException(
          spec.commandLine(), "The folder " + folder + " is not empty; name another.");
    } catch (IOException e) {
      throw new ServiceRefused(
          "bundle-failed",
          "The bundle is not whole: " + e.getMessage(),
          "Mend that, delete " + folder + " and run the command again.");
    }
  }

  private static void note(
      PrintWriter out, List<BundlePart> there, BundlePart part, List<String> what) {
    if (what.isEmpty()) {
      out.println(part.missing().in(Locale.getDefault()));
    } else {
      there.add(part);
      out.printf("%-10s %s%n", part.folder(), String.join(", ", what));
    }
  }

  private static List<Path> models(ZhikuConfig config) throws IOException {
    List<Path> files = new ArrayList<>();
    config.generator().native_().modelPath().ifPresent(files::add);
    Path fetched = config.data().resolve("models");
    if (Files.isDirectory(fetched)) {
      try (var all = Files.list(fetched)) {
        all.filter(file -> file.toString().endsWith(".gguf")).sorted().forEach(files::add);
      }
    }
    return files.stream().distinct().toList();
  }

  private Optional<OllamaStore> store() {
    return ollama == null ? OllamaStore.find() : Optional.of(new OllamaStore(ollama));
  }

  private Optional<Path> embedderFolder(ZhikuConfig config) {
    return embedder == null ? config.embedding().onnxFolder().path() : Optional.of(embedder);
  }
}
