package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final int MARGIN = 4;

  @Test
  void what_is_printed_is_read_back_as_the_text() throws Exception {
    String link = "http://192.168.100.200:8650/invite#" + "aZ09".repeat(11);
    List<String> lines = QrCode.lines(link);

    assertThat(new Decoder().decode(modules(lines)).getText()).isEqualTo(link);
    assertThat(lines).allMatch(line -> line.length() == lines.getFirst().length());
    assertThat(lines.getFirst().length()).isLessThanOrEqualTo(80);
    assertThat(lines.getFirst()).matches("\u2588+");
  }

  private static BitMatrix modules(List<String> lines) {
    int size = lines.getFirst().length() - 2 * MARGIN;
    BitMatrix modules = new BitMatrix(size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        if (isDark(lines, x + MARGIN, y + MARGIN)) {
          modules.set(x, y);
        }
      }
    }
    return modules;
  }

  private static boolean isDark(List<String> lines, int x, int y) {
    char half = lines.get(y / 2).charAt(x);
    return half == ' ' || half == (y % 2 == 0 ? '\u2584' : '\u2580');
  }
}
