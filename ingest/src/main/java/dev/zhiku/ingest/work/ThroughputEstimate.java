package dev.zhiku.ingest.work;

import java.time.Duration;
import java.util.Optional;

/**
 * The speed of the ingest, and the time that what is left will take. The speed shown is that of the
 * last ten seconds; the time left goes by what was read per second of work in the last minutes,
 * counted when a file is done, so that one huge file under way does not make it look endless. One
 * thread.
 */
final class ThroughputEstimate {
  private static final double SHOWN_SECONDS = 10;

  /** The work that is remembered for the time left. */
  private static final double REMEMBERED_SECONDS = 300;

  /** At most this share of what is left counts as done before it is. */
  private static final double MOST_CREDIT = 0.95;

  private double passagesPerSecond;
  private double workedBytes;
  private double workedSeconds;
  private double sinceDone;

  /**
   * Time has passed.
   *
   * @param working whether files were being read all the while
   */
  void passed(double seconds, boolean working, long passages, long bytes) {
    double weight = 1 - Math.exp(-seconds / SHOWN_SECONDS);
    passagesPerSecond += weight * (passages / seconds - passagesPerSecond);
    if (working || bytes > 0) {
      sinceDone += seconds;
    }
    if (bytes > 0) {
      double kept = Math.exp(-sinceDone / REMEMBERED_SECONDS);
      workedBytes = workedBytes * kept + bytes;
      workedSeconds = workedSeconds * kept + sinceDone;
      sinceDone = 0;
    }
  }

  double passagesPerSecond() {
    return passagesPerSecond;
  }

  /**
   * Time until everything is read.
   *
   * @param pending bytes
   * @return empty while no file was read yet
   */
  Optional<Duration> left(long pending) {
    if (pending == 0) {
      return Optional.of(Duration.ZERO);
    }
    if (workedSeconds == 0) {
      return Optional.empty();
    }
    double bytesPerSecond = workedBytes / workedSeconds;
    double credit = Math.min(bytesPerSecond * sinceDone, MOST_CREDIT * pending);
    return Optional.of(Duration.ofSeconds(Math.round((pending - credit) / bytesPerSecond)));
  }
}
