package dev.zhiku.app.bundle;

import dev.zhiku.ingest.extract.ocr.Tesseract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Tesseract of this machine as a folder that works where nothing is installed: the program, the
 * libraries it needs, and the languages that the service reads.
 */
final class PortableTesseract {
  /** Bound to the system that they came with; each Linux brings its own. */
  private static final Pattern OF_THE_SYSTEM =
      Pattern.compile(
          "(ld-linux.*|libc|libm|libdl|librt|libpthread|libresolv|libutil|libgcc_s|libstdc\\+\\+)\\.so.*");

  private static final Pattern LIBRARY = Pattern.compile("\\s*(\\S+) => (/\\S+) \\(.*");
  private static final Set<String> LANGUAGES =
      Set.of("chi_sim.traineddata", "chi_tra.traineddata", "eng.traineddata", "osd.traineddata");
  private static final String SCRIPT =
      """
      #!/bin/sh
      here=$(dirname "$(readlink -f "$0")")
      LD_LIBRARY_PATH=$here/lib TESSDATA_PREFIX=$here/tessdata exec "$here/bin/tesseract" "$@"
      """;
  private static final int SECONDS = 60;

  private PortableTesseract() {}

  /**
   * Copies it.
   *
   * @return the languages that are in it
   */
  static List<String> copy(Tesseract tesseract, Bundle bundle, String name)
      throws IOException, InterruptedException {
    Path program = tesseract.program().toRealPath();
    bundle.copy(program, name + "/bin/tesseract");
    for (String line : run(List.of("ldd", program.toString()))) {
      Matcher library = LIBRARY.matcher(line);
      if (library.matches() && !OF_THE_SYSTEM.matcher(library.group(1)).matches()) {
        bundle.copy(Path.of(library.group(2)), name + "/lib/" + library.group(1));
      }
    }
    List<String> languages = new ArrayList<>();
    Path data = languagesOf(program);
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.sorted().toList()) {
        String language = file.getFileName().toString();
        if (LANGUAGES.contains(language)) {
          bundle.copy(file, name + "/tessdata/" + language);
          languages.add(language.substring(0, language.indexOf('.')));
        }
      }
    }
    bundle.write(name + "/tesseract", SCRIPT, true);
    return languages;
  }

  /** The folder of language data that the program itself names. */
  private static Path languagesOf(Path program) throws IOException, InterruptedException {
    Pattern said = Pattern.compile(".*\"(.+?)/?\".*");
    Set<Path> named = new TreeSet<>();
    for (String line : run(List.of(program.toString(), "--list-langs"))) {
      Matcher folder = said.matcher(line);
      if (folder.matches()) {
        named.add(Path.of(folder.group(1)));
      }
    }
    Optional<Path> there = named.stream().filter(Files::isDirectory).findFirst();
    return there.orElseThrow(
        () -> new IOException(program + " does not say where its languages are"));
  }

  private static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " failed: " + String.join(" ", lines));
    }
    return lines;
  }
}
