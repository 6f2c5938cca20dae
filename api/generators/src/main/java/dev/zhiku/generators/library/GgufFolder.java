package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.index.file.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GGUF files of the data folder. Beside {@code NAME.gguf} lies {@code NAME.gguf.sha256} as
 * {@code sha256sum} writes it. Thread-safe as far as the file system is.
 */
public final class GgufFolder {
  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_.+-]{0,119}\\.gguf");
  private static final Pattern QUANTIZATION =
      Pattern.compile("(?i)(?:^|[-_.])((?:IQ|Q)\\d[A-Z0-9_]*|BF16|F16|F32)\\.gguf$");
  private static final Pattern CHECKSUM = Pattern.compile("([0-9a-f]{64}) \\*.*\\R?");
  private static final String CHECKSUM_SUFFIX = ".sha256";

  private static final String NAME_IN_DATA = "models";

  private final Path folder;

  /**
   * @param data the data folder; its own inside is made when the first model comes
   */
  public GgufFolder(Path data) {
    this.folder = data.resolve(NAME_IN_DATA);
  }

  /** How settings in the data folder name a file. */
  static String inData(String name) {
    return NAME_IN_DATA + "/" + checked(name);
  }

  /**
   * @throws Problem {@code value-out-of-range} if no file may have this name
   */
  static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Problem(ProblemCode.VALUE_OUT_OF_RANGE, "name", GeneratorText.of("rule.gguf-name"));
    }
    return name;
  }

  /** The folder, made if need be. */
  Path made() {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
  }

  /** Where a file of this name lies, or would. */
  Path file(String name) {
    return folder.resolve(checked(name));
  }

  /** All models, by name; those still on their way are none. */
  public List<InstalledModel> list() {
    List<InstalledModel> models = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.gguf")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (NAME.matcher(name).matches() && Files.isRegularFile(file)) {
          models.add(model(name, file));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
    models.sort(Comparator.comparing(InstalledModel::name));
    return models;
  }

  /** The model of this name, with or without its ending. */
  public Optional<InstalledModel> find(String name) {
    return list().stream()
        .filter(m -> m.name().equals(name) || m.name().equals(name + ".gguf"))
        .findFirst();
  }

  private static InstalledModel model(String name, Path file) throws IOException {
    Matcher quantization = QUANTIZATION.matcher(name);
    return new InstalledModel(
        name,
        InstalledModel.Library.GGUF,
        Files.size(file),
        Optional.empty(),
        quantization.find() ? Optional.of(quantization.group(1)) : Optional.empty(),
        OptionalInt.empty(),
        List.of(),
        checksum(file));
  }

  private static Optional<String> checksum(Path file) throws IOException {
    Path beside = checksumOf(file);
    if (!Files.exists(beside) || Files.size(beside) > 1_024) {
      return Optional.empty();
    }
    Matcher line = CHECKSUM.matcher(Files.readString(beside));
    return line.matches() ? Optional.of(line.group(1)) : Optional.empty();
  }

  private static Path checksumOf(Path file) {
    return file.resolveSibling(file.getFileName() + CHECKSUM_SUFFIX);
  }

  /**
   * Takes in a file that has been checked.
   *
   * @param sha256 of it, in hexadecimal
   */
  void take(Path checked, String name, String sha256) throws IOException {
    Path file = file(name);
    DurableFile.write(checksumOf(file), sha256 + " *" + name + "\n");
    DurableFile.force(checked);
    DurableFile.take(checked, file);
  }

  /** Deletes a model. */
  void remove(InstalledModel model) throws IOException {
    Path file = file(model.name());
    Files.delete(file);
    Files.deleteIfExists(checksumOf(file));
  }
}
