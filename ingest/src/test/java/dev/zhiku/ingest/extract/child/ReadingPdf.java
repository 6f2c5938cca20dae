package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;

/** PDFs for the facts about reading. */
final class ReadingPdf {
  private ReadingPdf() {}

  static void addTo(Map<String, Sample> files) throws IOException {
    put(files, "line-spacing-wide.pdf", wide());
    put(files, "line-spacing-宽行.pdf", wideChinese());
    put(files, "link-targets-links.pdf", links());
    put(files, "running-heads-procedure.pdf", procedure());
    put(files, "running-heads-规程.pdf", chineseProcedure());
    put(files, "pdf-tables-gaps.pdf", gaps());
    put(files, "pdf-tables-泊位.pdf", chineseGaps());
    put(files, "pdf-tables-columns.pdf", columns());
    put(files, "garbled-layers-garbled.pdf", garbled());
    put(files, "garbled-layers-private.pdf", privateUse());
    put(files, "false-headings-heads.pdf", heads());
    put(files, "false-headings-标题.pdf", chineseHeads());
    put(files, "pdf-forms-form.pdf", form("Vessel", "Albatross II", "S3cret-pin"));
    put(files, "pdf-forms-表单.pdf", form("船名", "海鸥号", "口令八八"));
  }

  private static void put(Map<String, Sample> files, String name, Sample sample) {
    files.put(name, Sample.of(name, sample.bytes()));
  }

  private static Sample wide() throws IOException {
    return DrawnPage.pdf(
        page ->
            page.text(72, 720, "The reservoir is drained every third year so that the lining can")
                .text(72, 690, "be looked over by a diver.")
                .text(72, 630, "Cracks wider than two millimetres are filled with resin before")
                .text(72, 600, "winter."));
  }

  private static Sample wideChinese() {
    return WrittenPage.pdf(
        page ->
            page.text(96, 740, 12, "水库每三年放空一次，由潜水员检查衬砌，裂缝宽于两毫米的须在")
                .text(72, 710, 12, "入冬前以树脂填补。")
                .text(96, 680, 12, "闸门每月试运行一次，记录启闭时间与电流，异常情况应在当日上")
                .text(72, 650, 12, "报调度中心备查。"));
  }

  private static Sample links() throws IOException {
    try (PDDocument document =
        DrawnPage.document(
            page ->
                page.text(72, 720, "See the dock rules before you moor.")
                    .text(72, 690, "Ask the warden."))) {
      PDAnnotationLink link = new PDAnnotationLink();
      PDActionURI action = new PDActionURI();
      action.setURI("https://dock.example/rules.pdf");
      link.setAction(action);
      link.setRectangle(new PDRectangle(93, 716, 68, 14));
      document.getPage(0).getAnnotations().add(link);
      return DrawnPage.saved(document);
    }
  }

  private static Sample procedure() throws IOException {
    List<DrawnPage.Drawing> pages = new ArrayList<>();
    List<String> words =
        List.of(
            "Scales are checked with the brass weights",
            "Drifts are written into the log",
            "A scale that drifts is sealed",
            "The seal is lifted by the foreman");
    for (int i = 0; i < 4; i++) {
      int number = i;
      pages.add(
          page ->
              page.text(72, 765, "Document QP-0731   Issued 14 June 2026")
                  .text(72, 700, words.get(number) + " at the end of each shift.")
                  .text(280, 40, "Page " + (number + 1) + " of 4"));
    }
    return DrawnPage.pdf(pages.toArray(DrawnPage.Drawing[]::new));
  }

  private static Sample chineseProcedure() {
    List<WrittenPage.Writing> pages = new ArrayList<>();
    List<String> words = List.of("天平每周用铜砝码校准一次。", "偏差记入台账。", "偏差过大的天平贴封条停用。", "封条由班长揭除。");
    for (int i = 0; i < 4; i++) {
      int number = i;
      pages.add(
          page ->
              page.text(72, 810, 9, "文件编号：GC-2290    发布日期：2026年6月14日")
                  .text(96, 740, 12, words.get(number))
                  .text(280, 40, 9, "第" + (number + 1) + "页 共4页"));
    }
    return WrittenPage.pdf(pages.toArray(WrittenPage.Writing[]::new));
  }

  private static Sample gaps() throws IOException {
    float[] at = {72, 160, 260, 360};
    return DrawnPage.pdf(
        page ->
            page.row(720, at, "Dock", "Depth", "Crane", "Power")
                .row(704, at, "D1", "8.5", "40 t", "yes")
                .row(688, at, "D2", "", "25 t", "")
                .row(672, at, "D3", "11.0", "", "no"));
  }

  private static Sample chineseGaps() {
    float[] at = {72, 180, 290};
    return WrittenPage.pdf(
        page ->
            page.row(720, at, "泊位", "水深", "备注")
                .row(702, at, "甲一", "8.5", "检修")
                .row(684, at, "甲二", "", "空闲")
                .row(666, at, "甲三", "11", ""));
  }

  private static Sample columns() throws IOException {
    List<String> left =
        List.of(
            "The left column tells of the old",
            "mill and of the miller who lived",
            "beside the weir. He ground the",
            "corn of four villages, and his",
            "wheel was seen from the road.",
            "It was sold when he died.");
    List<String> right =
        List.of(
            "The right column tells of the new",
            "bridge which was opened in the",
            "spring of 1931. It is made of",
            "iron, and it is painted green",
            "every tenth year by a firm",
            "from the next town.");
    return DrawnPage.pdf(
        page -> {
          for (int i = 0; i < left.size(); i++) {
            page.text(72, 720 - 13 * i, left.get(i)).text(320, 720 - 13 * i, right.get(i));
          }
        });
  }

  private static Sample garbled() {
    String shifted =
        shifted("Fields of the third district are mown in June and again in late August.");
    return GarbledPdf.of(
        List.of(
            List.of(shifted, shifted("Hay is stored in the long barn by the river."), shifted),
            List.of("The second page can be read as it is.", "Nothing is wrong with it at all.")));
  }

  /** Each letter 29 below its own: a font whose table of characters is that of its glyphs. */
  private static String shifted(String text) {
    StringBuilder moved = new StringBuilder();
    text.chars().forEach(c -> moved.append((char) (c - 29)));
    return moved.toString();
  }

  private static Sample privateUse() {
    StringBuilder strange = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      strange.append((char) (0xE010 + i % 37));
    }
    return GarbledPdf.of(
        List.of(
            List.of(strange.toString(), strange.reverse().toString()), List.of("第二页可以照常阅读，内容完整。")));
  }

  private static Sample heads() throws IOException {
    float[] at = {72, 160, 260};
    return DrawnPage.pdf(
        page ->
            page.text(72, 760, "H A R B O U R   O F F I C E")
                .bold(72, 720, 16, "Visitors")
                .bold(
                    72,
                    696,
                    10,
                    "All visitors sign the book at the gate and show a pass, and they are")
                .bold(72, 684, 10, "met there by the person who asked them in.")
                .text(72, 660, "The book is kept for two years and then burnt in the yard.")
                .bold(72, 620, 10, "Dock")
                .bold(160, 620, 10, "Depth")
                .bold(260, 620, 10, "Crane")
                .row(606, at, "D1", "8.5", "40 t")
                .row(592, at, "D2", "7.0", "25 t"));
  }

  private static Sample chineseHeads() {
    return WrittenPage.pdf(
        page ->
            page.text(72, 800, 12, "港 务 局 内 部 文 件")
                .text(200, 750, 18, "第一章 来访")
                .text(96, 716, 14, "来访人员须在门岗登记并出示证件，由接待人陪同进入作业区域，")
                .text(72, 698, 14, "离开时交还证件。")
                .text(96, 670, 11, "登记簿保存两年，期满后由档案室统一销毁，销毁时须有两人在场。")
                .text(96, 654, 11, "其他事项由保卫科解释，遇有争议的报局务会议决定后再执行。"));
  }

  private static Sample form(String label, String value, String secret) throws IOException {
    try (PDDocument document = DrawnPage.document(page -> page.text(72, 720, "Form 7"))) {
      PDAcroForm form = new PDAcroForm(document);
      PDResources resources = new PDResources();
      resources.put(COSName.HELV, new PDType1Font(FontName.HELVETICA));
      form.setDefaultResources(resources);
      form.setDefaultAppearance("/Helv 10 Tf 0 g");
      document.getDocumentCatalog().setAcroForm(form);
      PDTextField text = new PDTextField(form);
      text.setPartialName("t1");
      text.setAlternateFieldName(label);
      text.getCOSObject().setString(COSName.V, value);
      PDTextField pin = new PDTextField(form);
      pin.setPartialName("pin");
      pin.setPassword(true);
      pin.getCOSObject().setString(COSName.V, secret);
      PDSignatureField signed = new PDSignatureField(form);
      signed.setPartialName("sign");
      PDSignature signature = new PDSignature();
      signature.setName("Odile Marchand");
      signed.getCOSObject().setItem(COSName.V, signature);
      form.setFields(List.of(text, pin, signed));
      return DrawnPage.saved(document);
    }
  }
}
