package dev.zhiku.server.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What stands in the log of a folder, by who did it, what it was and when. */
public final class AuditSearch {
  private final AuditFiles files;

  public AuditSearch(Path folder) {
    files = new AuditFiles(folder);
  }

  /**
   * What is looked for; what is empty holds for every record.
   *
   * @param who part of the name of who did it, or on whose behalf, in any case
   * @param what was done, as the record has it
   * @param from this moment on
   * @param to before this moment
   */
  public record Wanted(
      Optional<String> who, Optional<String> what, Optional<Instant> from, Optional<Instant> to) {
    /** Every record. */
    public static final Wanted ALL =
        new Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    boolean has(AuditRecord record) {
      AuditEvent event = record.event();
      return who.map(Wanted::fold)
              .filter(name -> !fold(event.who() + "\n" + event.behalf()).contains(name))
              .isEmpty()
          && what.filter(word -> !word.equals(event.what())).isEmpty()
          && from.filter(record.at()::isBefore).isEmpty()
          && to.filter(end -> !record.at().isBefore(end)).isEmpty();
    }

    private static String fold(String text) {
      return text.toLowerCase(Locale.ROOT);
    }

    /** A clock that was set back may have put records of earlier days into a file, never later. */
    private boolean mayBeIn(Path file) {
      LocalDate day = AuditFiles.day(file).orElseThrow();
      return from.filter(start -> LocalDate.ofInstant(start, ZoneOffset.UTC).isAfter(day))
          .isEmpty();
    }
  }

  /**
   * Records, the newest first.
   *
   * @param before the number of the first one that is too new
   */
  public List<AuditRecord> newest(Wanted wanted, long before, int limit) {
    List<AuditRecord> found = new ArrayList<>();
    for (Path file : list().reversed()) {
      if (found.size() == limit) {
        break;
      }
      Deque<AuditRecord> last = new ArrayDeque<>();
      int most = limit - found.size();
      if (wanted.mayBeIn(file)) {
        AuditFiles.records(
            file,
            record -> {
              if (record.number() < before && wanted.has(record)) {
                last.addLast(record);
                if (last.size() > most) {
                  last.removeFirst();
                }
              }
            });
      }
      last.descendingIterator().forEachRemaining(found::add);
    }
    return found;
  }

  /** Hands on the records that are wanted, the oldest first. */
  public void each(Wanted wanted, Consumer<AuditRecord> take) {
    for (Path file : list()) {
      if (wanted.mayBeIn(file)) {
        AuditFiles.records(
            file,
            record -> {
              if (wanted.has(record)) {
                take.accept(record);
              }
            });
      }
    }
  }

  private List<Path> list() {
    try {
      return files.list();
    } catch (IOException e) {
      throw new UncheckedIOException("the audit log cannot be read", e);
    }
  }
}
