package dev.zhiku.ingest.extract.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.testing.ExtractorContract;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans in both scripts of Chinese, drawn from text and read by the installed Tesseract. */
class ChineseScansIT {
  private static final List<String> TRADITIONAL =
      List.of(
          "本校圖書館每週一閉館，其餘時間自上午九時開放至晚間八時。",
          "租賃契約應以書面為之，並由雙方當事人簽名或蓋章。",
          "員工請假超過三日者，應檢附醫療院所開立之診斷證明書。",
          "停車場收費標準為每小時新臺幣四十元，當日最高兩百元。",
          "消防設備每年檢查兩次，檢查紀錄須保存五年以上。",
          "颱風警報發布後，碼頭作業立即停止，船舶移至避風港。",
          "申請獎學金的學生須於十月底前繳交成績單與推薦函。",
          "會議室預約請於三個工作天前向總務處登記。",
          "過濾網每三個月更換一次，更換後應歸零計數器。",
          "貨物驗收時發現短缺，應於七日內以書面通知供應商。",
          "實驗室廢液依性質分類貯存，不得倒入排水溝。",
          "旅客遺失物品請至服務臺領取，保管期限為六個月。",
          "機械設備維護手冊由工務組編寫，每兩年修訂一次。",
          "餐廳供應時間為上午七時至下午兩時，逾時不候。",
          "出差費用應檢附單據，於返回後十四日內報銷。",
          "圍牆修繕工程自五月起施工，預計八月竣工。",
          "電梯載重限一千公斤，禁止搬運危險物品。",
          "個人資料僅供本次活動聯繫之用，結束後銷毀。",
          "獲獎者應親自領取獎盃，並填寫簽收單據。",
          "職業災害發生後，雇主應於八小時內通報勞動檢查機構。");
  private static final List<String> SIMPLIFIED =
      List.of("图书馆每周一闭馆，其余时间开放至晚间八时。", "员工请假超过三日的，应当提交医院开具的诊断证明。");

  private static final String MARKS = "[\\s\\p{P}]";

  private final Path directory;

  ChineseScansIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void scans_are_read_in_the_script_they_are_written_in() throws Exception {
    Optional<Tesseract> tesseract = Tesseract.find();
    assumeTrue(
        tesseract.isPresent() && tesseract.get().choices().size() == 2,
        "no Tesseract for both scripts of Chinese");
    Optional<String> font =
        Stream.of(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames())
            .filter(name -> name.matches("(?i).*(?:CJK TC|CJK SC|ming|song).*"))
            .findFirst();
    assumeTrue(font.isPresent(), "no font for Chinese");
    TextRecognition recognition = new TextRecognition(tesseract.get(), OcrLimits.DEFAULT);
    double traditional = shareRead(TRADITIONAL, recognition, font.get());
    double simplified = shareRead(SIMPLIFIED, recognition, font.get());
    System.out.printf(
        "traditional %.4f, simplified %.4f of the characters%n", traditional, simplified);
    assertThat(traditional).isGreaterThanOrEqualTo(0.95);
    assertThat(simplified).isGreaterThanOrEqualTo(0.95);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void a_scan_that_lies_on_its_side_or_upside_down_is_turned(int quarters) throws Exception {
    Optional<Tesseract> tesseract = Tesseract.find();
    assumeTrue(
        tesseract.isPresent() && tesseract.get().tellsOrientation(),
        "no Tesseract that tells how a page lies");
    Path turned = directory.resolve("turned.png");
    ImageIO.write(turned(page(), quarters), "png", turned.toFile());
    BlockSink sink = new BlockSink(ExtractLimits.DEFAULT, new NoInnerFiles());
    TextRecognition recognition = new TextRecognition(tesseract.get(), OcrLimits.DEFAULT);
    recognition.startFile();
    recognition.read(turned, 1, "p. 1", Place.WHOLE, sink);
    assertThat(ExtractorContract.text(sink.content("image/png")).replaceAll("\\s+", " "))
        .contains("inspected every four months by the plant engineer");
  }

  private static BufferedImage page() {
    BufferedImage page = new BufferedImage(1_400, 900, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = page.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, page.getWidth(), page.getHeight());
    pen.setColor(Color.BLACK);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 34));
    int y = 120;
    for (String line :
        List.of(
            "The harbour crane is inspected every four months by the plant engineer,",
            "who writes the result into the log book and hangs a green tag on the",
            "hook. A crane without a green tag must not be used. Repairs are ordered",
            "from the workshop within two working days, and the crane stays locked",
            "until they are done. Keys are kept at the harbour office by the gate.")) {
      pen.drawString(line, 80, y);
      y += 60;
    }
    pen.dispose();
    return page;
  }

  private static BufferedImage turned(BufferedImage page, int quarters) {
    boolean side = quarters % 2 == 1;
    BufferedImage turned =
        new BufferedImage(
            side ? page.getHeight() : page.getWidth(),
            side ? page.getWidth() : page.getHeight(),
            BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = turned.createGraphics();
    pen.translate(turned.getWidth() / 2.0, turned.getHeight() / 2.0);
    pen.rotate(quarters * Math.PI / 2);
    pen.drawImage(page, -page.getWidth() / 2, -page.getHeight() / 2, null);
    pen.dispose();
    return turned;
  }

  private double shareRead(List<String> texts, TextRecognition recognition, String font)
      throws IOException {
    int characters = 0;
    int wrong = 0;
    for (String text : texts) {
      BlockSink sink = new BlockSink(ExtractLimits.DEFAULT, new NoInnerFiles());
      recognition.startFile();
      recognition.read(scan(text, font), 1, "p. 1", Place.WHOLE, sink);
      String read = ExtractorContract.text(sink.content("image/png")).replaceAll(MARKS, "");
      String wanted = text.replaceAll(MARKS, "");
      characters += wanted.length();
      wrong += distance(wanted, read);
    }
    return 1 - wrong / (double) characters;
  }

  private Path scan(String text, String font) throws IOException {
    BufferedImage page = new BufferedImage(1_600, 300, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = page.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, page.getWidth(), page.getHeight());
    pen.setColor(Color.BLACK);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setFont(new Font(font, Font.PLAIN, 44));
    pen.drawString(text, 80, 160);
    pen.dispose();
    Path file = directory.resolve("scan.png");
    ImageIO.write(page, "png", file.toFile());
    return file;
  }

  /** Characters to be set in, taken out or changed. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private static final class NoInnerFiles implements BlockSink.InnerFiles {
    @Override
    public boolean admits(String name, int depth, BlockSink sink) {
      return false;
    }

    @Override
    public void read(String name, InputStream content, int depth, BlockSink sink) {}
  }
}
