package dev.zhiku.server.documents;

import static dev.zhiku.answering.problem.ProblemCode.RANGE_NOT_SATISFIABLE;

import dev.zhiku.answering.problem.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, inclusive
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  long length() {
    return last - first + 1;
  }

  /**
   * The one range asked for. Empty for anything that RFC 9110 lets a server ignore: other units,
   * several ranges, nonsense.
   *
   * @throws Problem if the range lies beyond the end
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher range = ONE.matcher(header.strip());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return Optional.empty();
    }
    return range.group(1).isEmpty()
        ? Optional.of(suffix(Long.parseLong(range.group(2)), size))
        : from(Long.parseLong(range.group(1)), range.group(2), size);
  }

  private static ByteRange suffix(long length, long size) {
    if (length == 0 || size == 0) {
      throw new Problem(RANGE_NOT_SATISFIABLE, size);
    }
    return new ByteRange(Math.max(0, size - length), size - 1);
  }

  private static Optional<ByteRange> from(long first, String end, long size) {
    long last = end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
    if (last < first) {
      return Optional.empty();
    }
    if (first >= size) {
      throw new Problem(RANGE_NOT_SATISFIABLE, size);
    }
    return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
  }
}
