package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer rests on, seen in its document: asked, clicked, and looked at in a browser. */
class EvidenceIT {
  private static final Path CORPUS = Path.of("..", "..", "samples", "corpus");
  private static final List<String> FROM_CORPUS =
      List.of(
          "hr/员工手册.pdf",
          "hr/请假管理制度.docx",
          "sales/product-overview-2026.pptx",
          "legal/record-retention-schedule.xlsx",
          "lab/试剂库存.csv",
          "hospital/手卫生管理规定.html",
          "it/机房巡检规程.md",
          "hr/关于调整夏季作息时间的通知.txt",
          "it/mail-server-maintenance.eml",
          "bank/网点开业操作流程.odt",
          "bank/safe-deposit-box-terms.pdf",
          "lab/PX-200-pump-manual.pdf",
          "legal/mutual-nda.pdf");

  /** A page that would run a script when it is opened, and leads elsewhere. */
  private static final String HOSTILE_PDF =
      """
      %PDF-1.4
      1 0 obj <</Type /Catalog /Pages 2 0 R /OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>>> endobj
      2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
      3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 500 200] /Contents 5 0 R /Annots [6 0 R]
        /Resources <</Font <</F1 4 0 R>>>> >> endobj
      4 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj
      5 0 obj <</Length 88>>
      stream
      BT /F1 14 Tf 20 120 Td (The cellar key of Marlow house hangs behind the old clock.) Tj ET
      endstream endobj
      6 0 obj <</Type /Annot /Subtype /Link /Rect [0 0 500 200]
        /A <</S /URI /URI (https://elsewhere.example/)>> >> endobj
      trailer <</Root 1 0 R>>
      """;

  private static final Map<String, String> WRITTEN =
      Map.of(
          "Retries.java",
          """
          /** How often the courier is called again. */
          final class Retries {
            // The courier of the Tarn depot is called eleven times before the parcel goes back.
            static final int TARN = 11;
          }
          """,
          "beacon.json",
          """
          {"beacon": {"place": "Skerry lighthouse", "interval": "The Skerry beacon flashes every 17 seconds"}}
          """,
          "orchard.xml",
          """
          <?xml version="1.0"?>
          <orchard><tree><note>The oldest pear tree of the Quillon orchard was planted in 1871.</note></tree></orchard>
          """);

  @RegisterExtension static final ServedPage PAGE = new ServedPage(EvidenceIT::fill);

  private static void fill(Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    for (String file : FROM_CORPUS) {
      Files.copy(CORPUS.resolve(file), folder.resolve(Path.of(file).getFileName().toString()));
    }
    for (Map.Entry<String, String> file : WRITTEN.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    // Written by LibreOffice: nothing in the build writes the old format of Word.
    try (InputStream doc = EvidenceIT.class.getResourceAsStream("evidence/sluice.doc")) {
      Files.copy(Objects.requireNonNull(doc), folder.resolve("sluice.doc"));
    }
    Files.writeString(folder.resolve("marlow.pdf"), HOSTILE_PDF);
    ImageIO.write(scan(), "png", folder.resolve("harbour.png").toFile());
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("archive.zip")))) {
      zip.putNextEntry(new ZipEntry("ferry/timetable.txt"));
      zip.write(
          "The last ferry to Brannoch leaves at 21:40 on weekdays.\n"
              .getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    }
  }

  private static BufferedImage scan() {
    BufferedImage image = new BufferedImage(1500, 500, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 44));
    graphics.drawString("The tide tables of Port Ellery hang in the", 80, 160);
    graphics.drawString("office of the harbour master.", 80, 230);
    graphics.dispose();
    return image;
  }

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  private static Page ask(String question, String locale, int width) {
    Page page = PAGE.visit("/", locale);
    page.setViewportSize(width, 800);
    page.locator("#question").fill(question);
    page.locator("#ask").click();
    assertThat(page.locator("article.answer")).hasAttribute("data-phase", "answered");
    return page;
  }

  /** Whether nothing lies over the middle of it, and it is inside the window. */
  private static boolean isInSight(Locator mark) {
    return (Boolean)
        mark.evaluate(
            """
            async (mark) => {
              await Promise.allSettled(document.getAnimations().map((a) => a.finished));
              const box = mark.getClientRects()[0];
              const inside = box.width > 0 && box.height > 0 && box.left >= 0 && box.top >= 0
                && box.right <= innerWidth && box.bottom <= innerHeight;
              const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
              return inside && (over === mark || mark.contains(over));
            }
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          员工手册.pdf                     | 工卡丢了，补办工本费是多少？                     | 30 元             | zh-CN | 1440
          请假管理制度.docx                | 病假工资按基本工资的百分之几发放？               | 80%               | zh-TW | 390
          sluice.doc                       | Who opens the sluice gate at Harwick?            | Orla Brenn        | en-US | 1440
          product-overview-2026.pptx       | What is the maximum speed of the CF-20 Swift?    | 20,400 rpm        | en-US | 390
          record-retention-schedule.xlsx   | How long are visitor logs of the front desk retained? | 10 months    | zh-CN | 1440
          试剂库存.csv                     | SJ-015 是什么试剂？                              | 高锰酸钾          | zh-CN | 390
          手卫生管理规定.html              | 七步洗手法揉搓时间不少于多少秒？                 | 不少于 20 秒      | en-US | 1440
          机房巡检规程.md                  | 停电后 UPS 满载能撑多久？                        | 45 分钟           | zh-CN | 390
          关于调整夏季作息时间的通知.txt   | 室外岗位的高温津贴每月多少元？                   | 360 元            | zh-TW | 1440
          Retries.java                     | How often is the courier of the Tarn depot called? | eleven times    | en-US | 390
          mail-server-maintenance.eml      | What is the new mailbox quota?                   | 20 GB             | en-US | 1440
          网点开业操作流程.odt             | 押运车早上几点到达网点？                         | 8:10              | zh-CN | 390
          beacon.json                      | How often does the Skerry beacon flash?          | 17 seconds        | en-US | 1440
          orchard.xml                      | When was the oldest pear tree of the Quillon orchard planted? | 1871 | zh-CN | 1440
          archive.zip                      | When does the last ferry to Brannoch leave?      | 21:40             | en-US | 390
          """)
  void the_quote_behind_a_citation_is_marked_and_in_sight_in_every_format(
      String file, String question, String words, String locale, int width) {
    Page page = ask(question, locale, width);
    citationOf(page, words).click();

    assertThat(page.locator("#passage-panel .panel-name")).containsText(file);
    Locator marks = page.locator("#passage-panel mark[data-testid=quote]");
    assertThat(marks.first()).isVisible();
    assertThat(String.join("", marks.allTextContents())).contains(words);
    assertThat(isInSight(marks.first())).as("the mark is in sight").isTrue();
  }

  /** The citation behind the words of an answer; a row may be quoted in parts with one each. */
  private static Locator citationOf(Page page, String words) {
    Object index =
        page.evaluate(
            """
            words => {
              const text = document.querySelector('#answer-text');
              const all = [...text.querySelectorAll('a.citation')];
              return all.findIndex((citation, i) => {
                const range = document.createRange();
                range.setStart(text, 0);
                if (i > 0) {
                  range.setStartAfter(all[i - 1]);
                }
                range.setEndBefore(citation);
                return range.toString().includes(words);
              });
            }
            """,
            words);
    return page.locator("#answer-text a.citation").nth(((Number) index).intValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          员工手册.pdf                | 自动体外除颤器放在一号楼什么地方？                        | 一号楼大堂前台右侧 | zh-CN | 390
          PX-200-pump-manual.pdf      | How do I lock the keys of the pump display?               | 4 seconds          | en-US | 1440
          safe-deposit-box-terms.pdf  | What is the annual rent of a size L safe deposit box?     | 980                | en-US | 390
          mutual-nda.pdf              | In which city does the sole arbitrator sit?               | Zurich             | en-US | 1440
          """)
  void a_pdf_is_seen_as_it_looks_with_the_quote_marked_on_its_page(
      String file, String question, String words, String locale, int width) {
    Page page = ask(question, locale, width);
    page.locator("#answer-text a.citation").first().click();

    assertThat(page.locator("#passage-panel .panel-name")).containsText(file);
    assertThat(page.locator(".pdf-sheet[data-drawn]")).isVisible();
    Locator marks = page.locator(".pdf-words mark");
    assertThat(marks.first()).isVisible();
    assertThat(String.join("", marks.allTextContents())).contains(words);
    assertThat(isInSight(marks.first())).as("the mark is in sight").isTrue();
    assertThat(hasInk(page)).as("the page is drawn").isTrue();

    page.locator("[data-form=text]").click();
    assertThat(page.locator(".view mark[data-testid=quote]").first()).isVisible();
    assertThat(page.locator(".pdf-sheet")).hasCount(0);
  }

  @Test
  void pages_of_a_pdf_are_turned_and_the_text_stays_away_where_the_page_has_the_quote() {
    Page page = ask("How do I lock the keys of the pump display?", "en-US", 1440);
    page.locator("#answer-text a.citation").first().click();
    assertThat(page.locator(".pdf-sheet[data-drawn='5']")).isVisible();
    page.locator("[data-page-step='-1']").click();

    assertThat(page.locator(".pdf-sheet[data-drawn='4']")).isVisible();
    assertThat(page.locator("#passage-panel .view")).hasCount(0);
    page.locator("[data-page-step='1']").click();
    assertThat(page.locator(".pdf-words mark").first()).isVisible();
  }

  /** Whether something dark stands on the picture of the page. */
  private static boolean hasInk(Page page) {
    return (Boolean)
        page.evaluate(
            """
            () => {
              const canvas = document.querySelector('.pdf-sheet canvas');
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
              return data.some((value, i) => i % 4 === 0 && value < 100 && data[i + 3] === 255);
            }
            """);
  }

  @Test
  void nothing_in_a_pdf_acts_when_its_page_is_shown() {
    Page page = ask("Where does the cellar key of Marlow house hang?", "en-US", 1440);
    page.onDialog(
        dialog -> {
          PAGE.complain("dialog " + dialog.message());
          dialog.dismiss();
        });
    page.locator("#answer-text a.citation").first().click();

    assertThat(page.locator(".pdf-words mark").first()).containsText("behind the old clock");
    page.locator(".pdf-sheet").click();
    assertThat(page.locator(".pdf-sheet a, .pdf-sheet input, .pdf-sheet iframe")).hasCount(0);
    assertThat(page.context().pages()).hasSize(1);
    assertThat(page.url()).startsWith(PAGE.url());
  }

  @Test
  void a_scan_is_seen_as_a_picture_with_its_recognised_words_and_how_sure_they_are_below() {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/tesseract")), "no Tesseract");
    Page page = ask("Where do the tide tables of Port Ellery hang?", "en-US", 1440);
    page.locator("#answer-text a.citation").first().click();

    assertThat(page.locator("#passage-panel .panel-name")).containsText("harbour.png");
    Locator picture = page.locator("#passage-panel img.view-picture");
    assertThat(picture).isVisible();
    page.waitForFunction("document.querySelector('img.view-picture').naturalWidth === 1500");
    Locator mark = page.locator(".view mark[data-testid=quote]").first();
    assertThat(mark).containsText("tide tables");
    assertThat(isInSight(mark)).isTrue();
    assertThat(page.locator(".view-certainty")).containsText("recognised text");
  }

  @Test
  void evidence_opened_while_the_answer_grew_shows_its_quote_once_that_is_known() {
    Page page = ask("工卡丢了，补办工本费是多少？", "zh-CN", 1440);
    page.locator("#answer-text a.citation").first().click();
    Locator mark = page.locator("#passage-panel mark[data-testid=quote]").first();
    assertThat(mark).isVisible();
    String quote = mark.textContent();
    String panel = "const panel = document.querySelector('zk-passage-panel');";
    page.evaluate(
        "async () => {"
            + panel
            + "window.whole = panel.run; panel.run = {...panel.run, response: null};"
            + " panel.opened = {number: panel.opened.number, quote: ''}; await panel.updateComplete; }");
    assertThat(page.locator("#passage-panel mark[data-testid=quote]")).hasCount(0);

    page.evaluate("() => {" + panel + " panel.run = window.whole; }");

    assertThat(mark).hasText(quote);
  }

  @Test
  void answer_and_evidence_are_used_side_by_side_in_a_wide_window() {
    Page page = ask("工卡丢了，补办工本费是多少？", "zh-CN", 1440);
    Locator citation = page.locator("#answer-text a.citation").first();
    citation.click();
    Locator panel = page.locator("#passage-panel");
    assertThat(panel.locator("mark[data-testid=quote]").first()).isVisible();

    assertThat(isInSight(citation)).isTrue();
    page.locator(".passage-card").last().click();
    assertThat(panel.locator("[data-step='1']")).isDisabled();
    page.keyboard().press("ArrowLeft");
    assertThat(panel.locator("[data-step='1']")).isEnabled();
    page.locator("#question").fill("又一个问题");
    assertThat(panel).isVisible();
    panel.locator("#panel-close").focus();
    page.keyboard().press("Escape");
    assertThat(panel).hasCount(0);
  }

  @Test
  void a_place_has_an_address_that_shows_it_with_its_quote_and_what_stands_around_it() {
    Page page = ask("停电后 UPS 满载能撑多久？", "zh-CN", 1440);
    page.locator("#answer-text a.citation").first().click();
    String address = page.locator("#panel-place").getAttribute("href");
    page.context().close();

    Page other = PAGE.visit(address, "en-US");
    assertThat(other.locator("#place-title")).containsText("机房巡检规程.md");
    Locator mark = other.locator("mark[data-testid=quote]").first();
    assertThat(mark).containsText("45 分钟");
    assertThat(isInSight(mark)).isTrue();
    assertThat(other.locator(".view-heading").first()).isVisible();
    assertThat(other.locator("#panel-original")).hasText("Download the original");
  }

  @Test
  void a_place_keeps_its_name_when_it_becomes_known_only_later_who_is_asking() {
    Page page = ask("停电后 UPS 满载能撑多久？", "zh-CN", 1440);
    page.locator("#answer-text a.citation").first().click();
    String address = page.locator("#panel-place").getAttribute("href");
    page.context().close();
    Page other = PAGE.visit("/", "en-US");
    List<Route> held = new ArrayList<>();
    other.route("**/session", held::add);

    other.navigate(PAGE.url() + address);
    assertThat(other.locator("#place-title")).containsText("机房巡检规程.md");
    assertThat(held).isNotEmpty();
    other.waitForResponse("**/session", () -> held.forEach(Route::resume));

    assertThat(other.locator("mark[data-testid=quote]").first()).containsText("45 分钟");
    other.evaluate("new Promise(done => setTimeout(done, 200))");
    assertThat(other.locator("#place-title")).containsText("机房巡检规程.md");
  }

  @Test
  void what_is_no_longer_in_the_document_is_said_and_shown_apart() {
    Page page = ask("停电后 UPS 满载能撑多久？", "zh-CN", 1440);
    page.locator("#answer-text a.citation").first().click();
    String address = page.locator("#panel-place").getAttribute("href");
    page.context().close();
    String before = address.substring(0, address.indexOf("quote="));
    String gone = URLEncoder.encode("这句话从来没有写过，谁也找不到它。", StandardCharsets.UTF_8);

    Page other = PAGE.visit(before + "quote=" + gone, "en-US");

    assertThat(other.locator("zk-evidence .notice")).containsText("no longer in the document");
    assertThat(other.locator("blockquote")).hasText("这句话从来没有写过，谁也找不到它。");
  }

  @Test
  void quotes_are_found_whatever_their_spaces_widths_and_line_breaks_and_in_another_order() {
    Page page = PAGE.visit("/", "en-US");
    Object found =
        page.evaluate(
            """
            async () => {
              const { findQuote } = await import('/quote-match.js');
              const show = (texts, quote, preferred) =>
                findQuote(texts, quote, preferred).map(({index, start, end}) => index + ':' + texts[index].slice(start, end)).join('|');
              return [
                show(['Ａ４ paper', 'is ﬁne.'], 'a4 paper is fine'),
                show(['带薪\\n年假 为五天。'], '带薪年假为 五天'),
                show(['five days here', 'five days there'], 'five days', 1),
                show(['second half of the words', 'first half of it, '], 'first half of it, second half of the words'),
                show(['≥ ≤'], '≤'),
                show(['nothing alike'], 'another thing entirely'),
              ];
            }
            """);
    assertThat(found)
        .isEqualTo(
            List.of(
                "0:Ａ４ paper|1:is ﬁne",
                "0:带薪\n年假 为五天",
                "1:five days",
                "1:first half of it|0:second half of the words",
                "0:≤",
                ""));
  }

  @Test
  void a_mark_means_the_quote_that_shares_most_with_its_sentence() {
    Page page = PAGE.visit("/", "en-US");
    assertThat(
            page.evaluate(
                """
                async () => {
                  const { meantQuote } = await import('/citations.js');
                  const quotes = [{quote: 'The gate opens at nine.'}, {quote: 'Badges cost 30 euro.'}];
                  return [meantQuote(quotes, 'A lost badge costs 30 euro'), meantQuote(quotes, 'It opens at nine'), meantQuote([], 'x')];
                }
                """))
        .isEqualTo(List.of("Badges cost 30 euro.", "The gate opens at nine.", ""));
  }
}
