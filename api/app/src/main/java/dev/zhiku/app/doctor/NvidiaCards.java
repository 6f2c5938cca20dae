package dev.zhiku.app.doctor;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Graphics cards, as {@code nvidia-smi} lists them where it is installed. */
final class NvidiaCards {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 64 << 10;
  private static final Pattern LINE = Pattern.compile("(.{1,100}), (\\d{1,9})");

  private NvidiaCards() {}

  static List<Machine.Gpu> find() throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits")
              .redirectError(Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return List.of();
    }
    try {
      boolean ended = process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended || process.exitValue() != 0) {
        return List.of();
      }
      byte[] output = process.getInputStream().readNBytes(MOST_BYTES);
      return read(new String(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return List.of();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Lines such as {@code NVIDIA H200, 143771}, in mebibytes. */
  static List<Machine.Gpu> read(String output) {
    List<Machine.Gpu> cards = new ArrayList<>();
    for (String line : output.lines().toList()) {
      Matcher card = LINE.matcher(line.strip());
      if (card.matches()) {
        cards.add(new Machine.Gpu(card.group(1), Long.parseLong(card.group(2)) << 20));
      }
    }
    return cards;
  }
}
