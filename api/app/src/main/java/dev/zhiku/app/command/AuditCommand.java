package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.source.HiddenCharacters;
import dev.zhiku.server.audit.AuditCheck;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditHead;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.audit.AuditRecord;
import dev.zhiku.server.audit.AuditSearch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
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

/** {@code zhiku audit verify}, {@code head}, {@code search}, {@code export} and {@code proof}. */
@Command(
    name = "audit",
    description =
        "Verifies, searches and exports the record of who did what, from its files; whether the"
            + " service runs or not. proof asks the running service what is left of a deleted"
            + " document.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  /** An operation on the log. */
  enum Action {
    /** Holds every record to the one before it. */
    VERIFY,
    /** Shows the last record's number and hash. */
    HEAD,
    /** Shows the newest records. */
    SEARCH,
    /** Writes records out, the oldest first. */
    EXPORT,
    /** Shows who deleted a document, and what is left of it. */
    PROOF
  }

  /** The form of exported records. */
  enum Format {
    /** A table. */
    CSV,
    /** As they are kept, a record a line. */
    JSON
  }

  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "verify|head|search|export|proof",
      description = "What is done with the log")
  private Action action = Action.VERIFY;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DOCUMENT",
      description = "proof: the id of a document, such as d_4f1c…")
  private @Nullable String document;

  @Option(
      names = "--now",
      description = "proof: first take out at once what is left, the file in the trash too")
  private boolean now;

  @Option(
      names = "--head",
      paramLabel = "NUMBER:HASH",
      description = "verify: a head that was kept elsewhere, as audit head prints it")
  private @Nullable String head;

  @Option(names = "--who", paramLabel = "NAME", description = "Part of a name")
  private @Nullable String who;

  @Option(names = "--what", paramLabel = "WORD", description = "What was done, such as uploaded")
  private @Nullable String what;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "This day or moment and later: 2026-01-31 or 2026-01-31T08:00:00+08:00")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "TIME", description = "Before this day or moment")
  private @Nullable String to;

  @Option(names = "--limit", paramLabel = "N", description = "search: no more are shown")
  private int limit = 50;

  @Option(names = "--format", paramLabel = "csv|json", description = "export: csv or json")
  private Format format = Format.CSV;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ZhikuConfig config = options.load();
    PrintWriter out = spec.commandLine().getOut();
    if (action == Action.PROOF) {
      return ProofReport.print(config, wantedDocument(), now, out);
    }
    Path data = config.data();
    Path folder = data.resolve(AuditLog.FOLDER);
    if (!Files.isDirectory(folder)) {
      throw new ServiceRefused(
          "no-data",
          "There is no audit log in " + data + ".",
          "Name the data folder with --data or --config.");
    }
    int code =
        switch (action) {
          case VERIFY -> verify(folder, out);
          case HEAD -> {
            out.println(AuditCheck.of(folder, Optional.empty()).head());
            yield ExitCode.OK;
          }
          case SEARCH -> {
            new AuditSearch(folder)
                .newest(wanted(), Long.MAX_VALUE, Math.max(1, limit))
                .forEach(record -> out.println(line(record)));
            yield ExitCode.OK;
          }
          case EXPORT -> export(new AuditSearch(folder), out);
          case PROOF -> throw new IllegalStateException("that is asked of the service");
        };
    out.flush();
    return code;
  }

  private String wantedDocument() {
    if (document == null || !DocumentId.isWellFormed(document)) {
      throw new ParameterException(
          spec.commandLine(),
          "proof needs the id of a document, such as audit search --what deleted shows it.");
    }
    return document;
  }

  private int verify(Path folder, PrintWriter out) throws IOException {
    AuditCheck.Result result = AuditCheck.of(folder, kept());
    result
        .findings()
        .forEach(
            found ->
                out.println(
                    found.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
                        + "  "
                        + found.place()
                        + ": "
                        + found.detail()));
    if (result.unfinished()) {
      out.println("The last line has no end: it is being written, or a start sets it apart.");
    }
    out.println(result.isSound() ? "Sound." : "NOT what was written.");
    out.printf(Locale.ROOT, "records  %,d, from %d on%n", result.records(), result.first());
    out.println("head     " + result.head());
    if (kept().isEmpty()) {
      out.println("Without --head nobody can tell whether the end was cut or all was rewritten.");
    }
    return result.isSound() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private Optional<AuditHead> kept() {
    if (head == null) {
      return Optional.empty();
    }
    return Optional.of(
        AuditHead.parse(head)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "A head is a number, a colon and 64 digits.")));
  }

  private AuditSearch.Wanted wanted() {
    return new AuditSearch.Wanted(
        Optional.ofNullable(who), Optional.ofNullable(what), moment(from), moment(to));
  }

  private Optional<Instant> moment(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.length() == "2026-01-31".length()
              ? LocalDate.parse(text).atStartOfDay(ZoneId.systemDefault()).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw new ParameterException(
          spec.commandLine(),
          text + " is no time; for example: 2026-01-31 or 2026-01-31T08:00:00+08:00",
          e);
    }
  }

  private static String line(AuditRecord record) {
    AuditEvent event = record.event();
    return HiddenCharacters.shown(
        String.join(
            "  ",
            Long.toString(record.number()),
            record.at().toString(),
            event.what(),
            event.behalf().isEmpty() ? event.who() : event.behalf() + " by " + event.who(),
            event.from(),
            event.subject(),
            event.outcome()));
  }

  private int export(AuditSearch search, PrintWriter out) {
    if (format == Format.JSON) {
      search.each(wanted(), record -> out.print(record.line() + "\n"));
    } else {
      out.print(AuditTable.HEADER);
      search.each(wanted(), record -> out.print(AuditTable.row(record)));
    }
    return ExitCode.OK;
  }
}
