package dev.zhiku.app.support;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The log with its times, levels and places in the code, and without its messages and threads:
 * these name files, sources and hosts. Of a failure its types and the places that it came through
 * stay. Pure.
 */
final class LogWithoutWords {
  private static final Pattern ENTRY =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+ +[A-Z]+) +\\[[^\\]]*]( \\w+) .*");
  private static final Pattern PLACE =
      Pattern.compile("\\s*(?:\\t\\| )?\\s*(at [\\w.$/@-]+[<>\\w$]*\\([\\w.$: -]*\\)).*");
  private static final Pattern FAILURE =
      Pattern.compile(
          "\\s*(?:\\t\\| )?\\s*((?:Caused by: |Suppressed: )?(?:[a-z][\\w]*\\.)+[A-Z][\\w$]*)(?::.*)?");
  private static final Pattern MORE =
      Pattern.compile("\\s*(\\.\\.\\. \\d+ (?:common frames|more).*)");

  private static final Pattern FIELD =
      Pattern.compile(
          "\"(?:timestamp|level|loggerName|className|methodName|lineNumber)\":"
              + "(?:\"[\\w.$<>/-]+\"|\\d+)");

  private LogWithoutWords() {}

  /** What stays of a line; empty if nothing does. */
  static Optional<String> line(String line) {
    if (line.startsWith("{")) {
      return Optional.of(
          FIELD
              .matcher(line)
              .results()
              .map(MatchResult::group)
              .collect(Collectors.joining(",", "{", "}")));
    }
    Matcher entry = ENTRY.matcher(line);
    if (entry.matches()) {
      return Optional.of(entry.group(1) + entry.group(2));
    }
    for (Pattern kept : new Pattern[] {PLACE, FAILURE, MORE}) {
      Matcher matcher = kept.matcher(line);
      if (matcher.matches()) {
        return Optional.of("    " + matcher.group(1));
      }
    }
    return Optional.empty();
  }
}
