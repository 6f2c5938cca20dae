package dev.zhiku.app.command;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A text as a QR code of half blocks, which a terminal shows and the camera of a phone reads. */
final class QrCode {
  /** Empty modules around it: without them cameras do not find it. */
  private static final int MARGIN = 4;

  private QrCode() {}

  /** Its lines; two rows of modules in each, light ones filled for terminals with a dark ground. */
  static List<String> lines(String text) {
    BitMatrix modules = modules(text);
    List<String> lines = new ArrayList<>();
    for (int y = 0; y < modules.getHeight(); y += 2) {
      StringBuilder line = new StringBuilder();
      for (int x = 0; x < modules.getWidth(); x++) {
        boolean upper = modules.get(x, y);
        boolean lower = y + 1 < modules.getHeight() && modules.get(x, y + 1);
        line.append(upper ? (lower ? ' ' : '\u2584') : (lower ? '\u2580' : '\u2588'));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static BitMatrix modules(String text) {
    try {
      return new QRCodeWriter()
          .encode(text, BarcodeFormat.QR_CODE, 0, 0, Map.of(EncodeHintType.MARGIN, MARGIN));
    } catch (WriterException e) {
      throw new IllegalArgumentException("too long for a QR code: " + text.length(), e);
    }
  }
}
