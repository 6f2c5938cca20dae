package dev.zhiku.server.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The check of a whole log: every line by its hash, each record by the one before it. */
public final class AuditCheck {
  /** What a record is called that says up to where older ones were removed. */
  public static final String CUT = "records-removed";

  private static final int MOST_FINDINGS = 100;

  private final Optional<AuditHead> kept;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> cuts = new HashSet<>();
  private long records;
  private Optional<AuditRecord> first = Optional.empty();
  private AuditHead last = AuditHead.NONE;
  private boolean keptSeen;
  private boolean unfinished;

  private AuditCheck(Optional<AuditHead> kept) {
    this.kept = kept;
  }

  /** The kinds of what can be wrong. */
  public enum Kind {
    /** A line is not what was written. */
    ALTERED,
    /** Records between two others are not there. */
    MISSING,
    /** A record stands behind one that came later. */
    OUT_OF_ORDER,
    /** A record follows another one than it did. */
    REWRITTEN,
    /** The log ends before the head that was kept elsewhere. */
    TAIL_CUT,
    /** The record of the head that was kept elsewhere is another one. */
    OTHER_CHAIN
  }

  /**
   * Something that is wrong.
   *
   * @param place file and line, or a record
   */
  public record Finding(Kind kind, String place, String detail) {}

  /**
   * What was found.
   *
   * @param first number of the oldest record; 0 if there is none
   * @param unfinished whether the last line has no end: it is being written, or was torn
   * @param findings at most {@value #MOST_FINDINGS}
   */
  public record Result(
      long records, long first, AuditHead head, boolean unfinished, List<Finding> findings) {
    public Result {
      findings = List.copyOf(findings);
    }

    /** Whether the log is what was written. */
    public boolean isSound() {
      return findings.isEmpty();
    }
  }

  /**
   * Reads the log in a folder.
   *
   * @param kept a head that was kept elsewhere; without one a tail that was cut, and a chain that
   *     was written anew as a whole, cannot be told
   */
  public static Result of(Path folder, Optional<AuditHead> kept) throws IOException {
    AuditCheck check = new AuditCheck(kept);
    for (Path file : new AuditFiles(folder).list()) {
      String name = String.valueOf(file.getFileName());
      AuditFiles.read(
          file, line -> check.line(line.text(), name + ":" + line.number(), line.whole()));
    }
    return check.result();
  }

  private void line(String line, String place, boolean whole) {
    Optional<AuditRecord> read = AuditRecord.read(line);
    if (read.isEmpty()) {
      unfinished = !whole;
      if (whole) {
        find(Kind.ALTERED, place, "the line is no record");
      }
      return;
    }
    AuditRecord record = read.get();
    if (!record.sound()) {
      find(Kind.ALTERED, place, "its hash is another one than that of its line");
    }
    if (first.isEmpty()) {
      first = read;
    } else {
      follow(record, place);
    }
    if (record.event().what().equals(CUT)) {
      cuts.add(record.event().subject());
    }
    if (kept.isPresent() && kept.get().number() == record.number()) {
      compare(record, place, kept.get());
    }
    records++;
    last = record.head();
  }

  private void follow(AuditRecord record, String place) {
    long step = record.number() - last.number();
    if (step > 1) {
      find(Kind.MISSING, place, (step - 1) + " before record " + record.number());
    } else if (step < 1) {
      find(Kind.OUT_OF_ORDER, place, "record " + record.number() + " after " + last.number());
    } else if (!record.before().equals(last.hash())) {
      find(Kind.REWRITTEN, place, "record " + record.number() + " follows another one");
    }
  }

  private void compare(AuditRecord record, String place, AuditHead head) {
    keptSeen = true;
    if (!record.hash().equals(head.hash())) {
      find(Kind.OTHER_CHAIN, place, "record " + head.number() + " has another hash than was kept");
    }
  }

  private Result result() {
    first.ifPresent(this::checkBeginning);
    kept.filter(head -> head.number() > 0 && !keptSeen).ifPresent(this::missed);
    return new Result(
        records, first.map(AuditRecord::number).orElse(0L), last, unfinished, findings);
  }

  /** What was removed by the rule of retention is said by a later record, with its last hash. */
  private void checkBeginning(AuditRecord oldest) {
    AuditHead before = new AuditHead(oldest.number() - 1, oldest.before());
    if (!before.equals(AuditHead.NONE) && !cuts.contains(before.toString())) {
      find(
          Kind.MISSING,
          "record " + oldest.number(),
          "nothing before it is there, and no record says that it was removed");
    }
  }

  /** One that is older than every record that is left, by the rule of retention, tells nothing. */
  private void missed(AuditHead head) {
    if (head.number() > last.number()) {
      find(Kind.TAIL_CUT, "record " + last.number(), "it went up to record " + head.number());
    } else if (head.number() >= first.map(AuditRecord::number).orElse(0L)) {
      find(Kind.MISSING, "record " + head.number(), "that of the head that was kept");
    }
  }

  private void find(Kind kind, String place, String detail) {
    if (findings.size() < MOST_FINDINGS) {
      findings.add(new Finding(kind, place, detail));
    }
  }
}
