package dev.zhiku.ingest.extract.ocr;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An installed Tesseract.
 *
 * @param program absolute path
 * @param languages all that are wanted and installed, as it takes them: {@code chi_sim+eng}
 * @param tellsOrientation whether it can tell how a page lies
 */
public record Tesseract(Path program, String languages, boolean tellsOrientation) {
  private static final Logger LOG = LoggerFactory.getLogger(Tesseract.class);
  private static final List<String> WANTED = List.of("chi_sim", "chi_tra", "eng");
  private static final Set<String> USUAL = Set.of("chi_sim", "eng");
  private static final List<String> CHINESE = List.of("chi_sim", "chi_tra");
  private static final String ORIENTATION = "osd";
  private static final List<String> NAMES = List.of("tesseract", "tesseract.exe");
  private static final String BESIDE = "tesseract";
  private static final Path WINDOWS_FOLDER = Path.of("C:/Program Files/Tesseract-OCR");
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
  private static final int LISTING_BYTES = 1 << 20;

  /** What a text may be written in: simplified or traditional Chinese, each beside English. */
  List<String> choices() {
    List<String> installed = List.of(languages.split("\\+"));
    if (!installed.containsAll(CHINESE)) {
      return List.of(languages);
    }
    return CHINESE.stream()
        .map(
            chinese ->
                installed.stream()
                    .filter(language -> language.equals(chinese) || !CHINESE.contains(language))
                    .collect(Collectors.joining("+")))
        .toList();
  }

  /**
   * One that was put beside the service, else the first one on the search path; empty if there is
   * none that knows Chinese or English.
   */
  public static Optional<Tesseract> find() throws InterruptedException {
    return find(beside(), System.getenv().getOrDefault("PATH", ""));
  }

  static Optional<Tesseract> find(Optional<Path> beside, String searchPath)
      throws InterruptedException {
    List<Path> folders =
        Stream.of(
                beside.stream().flatMap(folder -> Stream.of(folder, folder.resolve("bin"))),
                Stream.of(searchPath.split(File.pathSeparator, -1))
                    .filter(folder -> !folder.isBlank())
                    .map(Path::of),
                Stream.of(WINDOWS_FOLDER))
            .flatMap(places -> places)
            .toList();
    return find(folders);
  }

  /** Where the launcher says that the installation is, {@code tesseract} in it. */
  private static Optional<Path> beside() {
    return Optional.ofNullable(System.getProperty("zhiku.home"))
        .map(home -> Path.of(home, BESIDE).toAbsolutePath());
  }

  /**
   * What it has to be let read: the program, and where it was put beside the service, everything
   * that lies with it. What the system installed has the rest of its parts where the system's are.
   */
  public List<Path> parts() {
    return beside()
        .filter(program::startsWith)
        .map(folder -> List.of(program, folder))
        .orElse(List.of(program));
  }

  static Optional<Tesseract> find(List<Path> folders) throws InterruptedException {
    for (Path folder : folders) {
      for (String name : NAMES) {
        Path program = folder.resolve(name).toAbsolutePath();
        if (Files.isRegularFile(program) && Files.isExecutable(program)) {
          return withLanguages(program);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Tesseract> withLanguages(Path program) throws InterruptedException {
    List<String> installed;
    try {
      installed = languages(program);
    } catch (IOException e) {
      LOG.warn("{} does not list its languages; text recognition stays off.", program, e);
      return Optional.empty();
    }
    List<String> missing =
        USUAL.stream().filter(language -> !installed.contains(language)).sorted().toList();
    if (!missing.isEmpty()) {
      LOG.warn(
          "{} lacks the languages {} (Debian: apt install tesseract-ocr-chi-sim"
              + " tesseract-ocr-eng).",
          program,
          missing);
    }
    String known = WANTED.stream().filter(installed::contains).collect(Collectors.joining("+"));
    return known.isEmpty()
        ? Optional.empty()
        : Optional.of(new Tesseract(program, known, installed.contains(ORIENTATION)));
  }

  private static List<String> languages(Path program) throws IOException, InterruptedException {
    RunProgram.Result listing =
        RunProgram.run(List.of(program.toString(), "--list-langs"), ANSWERS_WITHIN, LISTING_BYTES);
    if (listing.ended() != RunProgram.Ended.WELL) {
      throw new IOException("it ended " + listing.ended());
    }
    return new String(listing.output(), StandardCharsets.UTF_8).lines().map(String::strip).toList();
  }
}
