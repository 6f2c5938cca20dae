package dev.zhiku.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs that a record is on the disk before its request is answered. */
@Tag("figures")
class AuditFiguresIT {
  private static final int RECORDS = 4_000;

  @TempDir private Path folder = Path.of("");

  @Test
  void one_record_costs() throws IOException {
    String line =
        AuditRecord.after(AuditHead.NONE, Clock.systemUTC().instant(), AuditLogTest.event("r_1"))
            .line();
    say("written, left to the system", plain(line, false), RECORDS);
    say("written and forced, one by one", plain(line, true), RECORDS);
    for (int threads : new int[] {1, 8, 64}) {
      say("audit log, " + threads + " at a time", log(threads), RECORDS);
    }
    assertThat(AuditCheck.of(folder.resolve("64"), Optional.empty()).isSound()).isTrue();
  }

  private long plain(String line, boolean force) throws IOException {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    long start = System.nanoTime();
    try (FileChannel out =
        FileChannel.open(
            folder.resolve("plain-" + force),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      for (int i = 0; i < RECORDS; i++) {
        out.write(ByteBuffer.wrap(bytes));
        if (force) {
          out.force(false);
        }
      }
    }
    return System.nanoTime() - start;
  }

  private long log(int threads) throws IOException {
    long start = System.nanoTime();
    try (AuditLog log =
            AuditLog.open(
                folder.resolve(Integer.toString(threads)), AuditConfig.DEFAULT, Clock.systemUTC());
        ExecutorService clients = Executors.newFixedThreadPool(threads)) {
      IntStream.range(0, RECORDS)
          .forEach(i -> clients.execute(() -> log.write(AuditLogTest.event("r_" + i))));
    }
    return System.nanoTime() - start;
  }

  private static void say(String what, long nanos, int records) {
    System.out.printf(Locale.ROOT, "%-32s %8.1f us a record%n", what, nanos / 1e3 / records);
  }
}
