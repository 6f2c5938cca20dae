package dev.zhiku.app.command;

import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import dev.zhiku.ingest.pipeline.IngestOutcome;
import dev.zhiku.ingest.source.FolderSurvey;
import dev.zhiku.ingest.source.FolderSurvey.Format;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What reading some files of each format took: the largest formats first, while there is time. */
final class ScanMeasure {
  private final Map<String, Tried> formats = new LinkedHashMap<>();
  private long indexBytes;
  private Duration took = Duration.ZERO;

  /** What the tried files of one format, or of all, came to. */
  static final class Tried {
    private int files;
    private int indexed;
    private int recognized;
    private long bytes;
    private double passages;
    private double seconds;
    private Optional<Reason> refusal = Optional.empty();

    private void add(long itsBytes, double itsSeconds, FolderTrial.Trial trial) {
      files++;
      bytes += itsBytes;
      seconds += itsSeconds / trial.share();
      recognized += trial.recognized() ? 1 : 0;
      switch (trial.outcome()) {
        case IngestOutcome.Indexed done -> {
          indexed++;
          passages += done.passages() / trial.share();
        }
        case IngestOutcome.Unchanged same -> indexed++;
        case IngestOutcome.NeedsRecognition pictures ->
            refusal = Optional.of(Reason.of(ReasonCode.OCR_NOT_INSTALLED));
        case IngestOutcome.Skipped skipped -> refusal = Optional.of(skipped.reason());
        case IngestOutcome.Failed failed -> refusal = Optional.of(failed.reason());
      }
    }

    private void add(Tried other) {
      files += other.files;
      bytes += other.bytes;
      passages += other.passages;
      seconds += other.seconds;
    }

    int files() {
      return files;
    }

    int indexed() {
      return indexed;
    }

    /** Of them, those whose pictures text recognition looked at. */
    int recognized() {
      return recognized;
    }

    long bytes() {
      return bytes;
    }

    /** Of the last one that could not be answered from. */
    Optional<String> refusal(Locale locale) {
      return refusal.map(reason -> reason.code().wireName() + ": " + reason.text(locale));
    }

    double passagesFor(long more) {
      return bytes == 0 ? 0 : passages * more / bytes;
    }

    double secondsFor(long more) {
      return bytes == 0 ? 0 : seconds * more / bytes;
    }
  }

  private ScanMeasure() {}

  /**
   * Reads one file of each format, then a second of each, and so on.
   *
   * @param budget no further file is begun after so long
   */
  static ScanMeasure of(FolderSurvey survey, FolderTrial trial, Sizes sizes, Duration budget)
      throws InterruptedException {
    ScanMeasure measure = new ScanMeasure();
    List<Map.Entry<String, Format>> largest =
        survey.formats().entrySet().stream()
            .sorted(Comparator.comparingLong(format -> -format.getValue().tally().bytes()))
            .toList();
    long start = System.nanoTime();
    for (int round = 0; round < FolderSurvey.SAMPLES; round++) {
      for (Map.Entry<String, Format> format : largest) {
        List<String> samples = format.getValue().samples();
        if (round < samples.size() && System.nanoTime() - start < budget.toNanos()) {
          measure.read(format.getKey(), samples.get(round), trial, sizes);
        }
      }
    }
    measure.took = Duration.ofNanos(System.nanoTime() - start);
    measure.indexBytes = trial.indexBytes();
    return measure;
  }

  /** Bytes of a file of the folder. */
  interface Sizes {
    long of(String path);
  }

  private void read(String format, String path, FolderTrial trial, Sizes sizes)
      throws InterruptedException {
    long started = System.nanoTime();
    FolderTrial.Trial read = trial.read(path);
    double seconds = (System.nanoTime() - started) / 1e9;
    formats.computeIfAbsent(format, none -> new Tried()).add(sizes.of(path), seconds, read);
  }

  /** Empty if there was no time for the format. */
  Optional<Tried> tried(String format) {
    return Optional.ofNullable(formats.get(format));
  }

  /** Over every format. */
  Tried all() {
    Tried all = new Tried();
    formats.values().forEach(all::add);
    return all;
  }

  Duration took() {
    return took;
  }

  /** Bytes of the index for so many passages. */
  double indexBytesFor(double passages) {
    double measured = all().passages;
    return measured == 0 ? 0 : indexBytes * passages / measured;
  }
}
