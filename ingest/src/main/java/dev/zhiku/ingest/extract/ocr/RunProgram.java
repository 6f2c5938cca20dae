package dev.zhiku.ingest.extract.ocr;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a program to its end, or to the end of its time, and takes what it prints. */
final class RunProgram {
  private static final Set<String> KEPT_ENVIRONMENT =
      Set.of("PATH", "TESSDATA_PREFIX", "SystemRoot", "SYSTEMROOT", "windir");

  private RunProgram() {}

  /** The end of a program. */
  enum Ended {
    WELL,
    BADLY,
    KILLED_AFTER_ITS_TIME
  }

  /** The result of a run. A final class, for a record of an array would not be equal by value. */
  static final class Result {
    private final Ended ended;
    private final byte[] output;

    private Result(Ended ended, byte[] output) {
      this.ended = ended;
      this.output = output;
    }

    Ended ended() {
      return ended;
    }

    byte[] output() {
      return output.clone();
    }
  }

  /**
   * @param mostBytes of its output; the rest is not read, and it ends badly
   */
  static Result run(List<String> command, Duration time, int mostBytes)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
    builder.environment().keySet().retainAll(KEPT_ENVIRONMENT);
    builder.environment().put("OMP_THREAD_LIMIT", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    FutureTask<byte[]> output =
        new FutureTask<>(() -> firstBytes(process.getInputStream(), mostBytes));
    Thread.ofPlatform().daemon().name("zhiku-recognition-output").start(output);
    long end = System.nanoTime() + time.toNanos();
    try {
      byte[] bytes = output.get(time.toNanos(), TimeUnit.NANOSECONDS);
      if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return new Result(Ended.KILLED_AFTER_ITS_TIME, new byte[0]);
      }
      return new Result(process.exitValue() == 0 ? Ended.WELL : Ended.BADLY, bytes);
    } catch (TimeoutException e) {
      return new Result(Ended.KILLED_AFTER_ITS_TIME, new byte[0]);
    } catch (ExecutionException e) {
      throw new IOException("the output of " + command.getFirst() + " cannot be read", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static byte[] firstBytes(InputStream output, int mostBytes) throws IOException {
    try (output) {
      return output.readNBytes(mostBytes);
    }
  }
}
