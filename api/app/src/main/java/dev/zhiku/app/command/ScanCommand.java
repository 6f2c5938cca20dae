package dev.zhiku.app.command;

import dev.zhiku.app.command.ScanMeasure.Tried;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.ingest.source.FolderSurvey;
import dev.zhiku.ingest.source.FolderSurvey.Format;
import dev.zhiku.ingest.source.FolderSurvey.Tally;
import dev.zhiku.ingest.source.HiddenCharacters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku scan DIR}. */
@Command(
    name = "scan",
    description =
        "Estimates what adding a folder would take: files by format, hours, disk. Changes nothing.",
    mixinStandardHelpOptions = true)
final class ScanCommand implements Callable<Integer> {
  /** No further file is tried after so long. */
  static final Duration BUDGET = Duration.ofSeconds(30);

  private static final long SEED = 1;
  private static final int MOST_FORMATS = 40;
  private static final String LINE = "%-12s %9s %10s   %s%n";

  private final FolderTrial.Opening trials;
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The folder, as it would be a source")
  private Path folder = Path.of("");

  ScanCommand(FolderTrial.Opening trials) {
    this.trials = trials;
  }

  @Override
  public Integer call() throws InterruptedException {
    ZhikuConfig config = options.load();
    PrintWriter out = spec.commandLine().getOut();
    FolderSurvey survey = survey(config.ingest().maxFileBytes());
    try (FolderTrial trial = trials.open(config, folder)) {
      ScanMeasure measure = ScanMeasure.of(survey, trial, this::bytes, BUDGET);
      out.printf(LINE, "format", "files", "size", "");
      largestFirst(survey).forEach(format -> printFormat(out, format, measure));
      survey
          .refused()
          .forEach((code, tally) -> print(out, "-", tally, "skipped: " + code.wireName()));
      if (survey.ignored() > 0) {
        out.printf(LINE, "-", survey.ignored(), "", "not counted: temporary and system files");
      }
      printEstimate(out, survey, measure, config.data());
    }
    out.flush();
    return ExitCode.OK;
  }

  private FolderSurvey survey(long maxFileBytes) {
    try {
      return FolderSurvey.of(folder, maxFileBytes, SEED);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private long bytes(String path) {
    try {
      return Files.size(folder.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder changed while it was looked at", e);
    }
  }

  private static List<Map.Entry<String, Format>> largestFirst(FolderSurvey survey) {
    return survey.formats().entrySet().stream()
        .sorted(Comparator.comparingLong(format -> -format.getValue().tally().bytes()))
        .limit(MOST_FORMATS)
        .toList();
  }

  private static void printFormat(
      PrintWriter out, Map.Entry<String, Format> format, ScanMeasure measure) {
    String ending = format.getKey().isEmpty() ? "(none)" : format.getKey();
    Tally tally = format.getValue().tally();
    Optional<Tried> tried = measure.tried(format.getKey());
    print(out, ending, tally, tried.map(t -> words(t, tally)).orElse("not tried: no time"));
  }

  private static String words(Tried tried, Tally tally) {
    String share = tried.indexed() + " of " + tried.files() + " tried can be answered from";
    String recognized =
        tried.recognized() == 0 ? "" : ", " + tried.recognized() + " by text recognition";
    String refusal = tried.refusal(Locale.getDefault()).map(why -> "; " + why).orElse("");
    String work =
        tried.indexed() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", about %,.0f passages, %s",
                tried.passagesFor(tally.bytes()),
                spoken(tried.secondsFor(tally.bytes())));
    return share + recognized + work + refusal;
  }

  private static void print(PrintWriter out, String format, Tally tally, String words) {
    out.printf(
        LINE,
        HiddenCharacters.shown(format),
        String.format(Locale.ROOT, "%,d", tally.files()),
        size(tally.bytes()),
        words);
  }

  private static void printEstimate(
      PrintWriter out, FolderSurvey survey, ScanMeasure measure, Path data) {
    double passages = 0;
    double seconds = 0;
    Tried all = measure.all();
    for (Map.Entry<String, Format> format : survey.formats().entrySet()) {
      long bytes = format.getValue().tally().bytes();
      Tried tried = measure.tried(format.getKey()).orElse(all);
      passages += tried.passagesFor(bytes);
      seconds += tried.secondsFor(bytes);
    }
    out.printf(
        Locale.ROOT,
        "estimate     about %,.0f passages, %s, %s of index%n",
        passages,
        spoken(seconds),
        size((long) measure.indexBytesFor(passages)));
    out.printf(
        Locale.ROOT,
        "             measured just now: %d files, %s, one after another, in %d s%n",
        all.files(),
        size(all.bytes()),
        measure.took().toSeconds());
    out.printf("disk         %s free at %s%n", free(data), data);
    out.println("Nothing was changed. Add the folder under zhiku.sources to have it indexed.");
  }

  private static String free(Path data) {
    Path existing = data.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    try {
      return size(Files.getFileStore(existing).getUsableSpace());
    } catch (IOException e) {
      return "an unknown amount";
    }
  }

  private static String spoken(double seconds) {
    return seconds < 1 ? "under 1 s" : ProgressLine.spoken(Duration.ofSeconds(Math.round(seconds)));
  }

  private static String size(long bytes) {
    if (bytes < 1 << 20) {
      return String.format(Locale.ROOT, "%.1f KB", bytes / 1024.0);
    }
    return bytes < 1 << 30
        ? String.format(Locale.ROOT, "%.1f MB", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1 << 30));
  }
}
