package dev.zhiku.ingest.extract.html;

import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.extract.text.TextCharset;
import dev.zhiku.ingest.outcome.IngestText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;

/** Web pages: headings, paragraphs, lists and tables, without scripts, navigation and margins. */
public final class HtmlReader implements FormatReader {
  private static final Set<String> TYPES = Set.of("text/html", "application/xhtml+xml");
  private static final Pattern DECLARED =
      Pattern.compile("(?i)charset\\s*=\\s*[\"']?\\s*([a-z0-9_.:-]+)");
  private static final int HEAD_BYTES = 8 << 10;
  private static final String NEVER_TEXT =
      "script, style, noscript, template, iframe, object, embed, svg, canvas, button,"
          + " [aria-hidden=true]";
  private static final String PERHAPS_HIDDEN = "[hidden], [style]";
  private static final int FEW_LINKS = 20;
  private static final Pattern FILE =
      Pattern.compile("(?i)https?://[^/]+/.*\\.(?!html?$|php$|aspx?$|jsp$)[a-z0-9]{2,5}");
  private static final String STRUCK_OUT = "del, s, strike";
  private static final Pattern STRIKING =
      Pattern.compile("(?i)(?:^|[;\\s])text-decoration(?:-line)?\\s*:[^;]*\\bline-through");
  private static final Pattern HIDING =
      Pattern.compile(
          "(?i)(?:^|[;\\s])(?:display\\s*:\\s*none|visibility\\s*:\\s*(?:hidden|collapse)"
              + "|mso-hide\\s*:\\s*all|(?:font-size|opacity)\\s*:\\s*0(?![.\\d]))");
  private static final String AROUND_THE_TEXT =
      "nav, aside, footer, header, [role=navigation], [role=banner], [role=contentinfo],"
          + " [role=search], [role=complementary]";

  @Override
  public boolean reads(String mediaType) {
    return TYPES.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    Document page = Jsoup.parse(text(file), "", Parser.htmlParser());
    removeHidden(page, sink);
    WrittenForms.write(page, sink);
    noteDrawings(page, sink);
    page.select(NEVER_TEXT).remove();
    NestedTables.write(page);
    sink.heading(0, page.title(), Place.WHOLE);
    Element body = withoutSurroundings(page);
    dropManyTargets(body);
    HtmlBlocks blocks = new HtmlBlocks(sink, Place.WHOLE);
    body.traverse(blocks);
    blocks.finish();
  }

  /** Reads a piece of a page that stands in a text of another format. */
  public static void readFragment(Document fragment, Place place, BlockSink sink) {
    removeHidden(fragment, sink);
    WrittenForms.write(fragment, sink);
    noteDrawings(fragment, sink);
    fragment.select(NEVER_TEXT).not("script").remove();
    NestedTables.write(fragment);
    HtmlBlocks blocks = new HtmlBlocks(sink, place);
    fragment.body().traverse(blocks);
    blocks.finish();
  }

  /** A page that another reader goes on with, as it is shown: nothing hidden, values of fields. */
  public static String shown(String html, BlockSink sink) {
    Document page = Jsoup.parse(html, "", Parser.htmlParser());
    page.outputSettings().prettyPrint(false);
    removeHidden(page, sink);
    WrittenForms.write(page, sink);
    return page.outerHtml();
  }

  private static void noteDrawings(Document page, BlockSink sink) {
    long drawings =
        page.select("svg:not([aria-hidden=true])").stream()
            .filter(drawing -> drawing.select("text").hasText())
            .count();
    if (drawings > 0) {
      sink.note(IngestText.of("drawings.unread", (int) drawings));
    }
  }

  /** Where every other word is a link, only those to files and mailboxes say something. */
  private static void dropManyTargets(Element body) {
    Elements links = body.select("a[href^=http]");
    if (links.size() > FEW_LINKS) {
      links.stream()
          .filter(link -> !FILE.matcher(link.attr("href")).matches())
          .forEach(link -> link.removeAttr("href"));
    }
  }

  private static void removeHidden(Document page, BlockSink sink) {
    int hidden =
        removed(page.select(PERHAPS_HIDDEN), HtmlReader::isHidden)
            + removed(StyleSheets.hidden(page, HIDING), element -> true);
    if (hidden > 0) {
      sink.note(IngestText.of("parts.hidden", hidden));
    }
    int struck =
        removed(page.select(STRUCK_OUT), element -> true)
            + removed(page.select("[style]"), e -> STRIKING.matcher(e.attr("style")).find())
            + removed(StyleSheets.hidden(page, STRIKING), element -> true);
    if (struck > 0) {
      sink.note(IngestText.of("parts.struck-out", struck));
    }
  }

  /** Removes elements and counts those that hold text. */
  private static int removed(Elements elements, Predicate<Element> wanted) {
    int removed = 0;
    for (Element element : elements) {
      if (wanted.test(element) && element.parent() != null) {
        removed += element.hasText() ? 1 : 0;
        element.empty();
        element.remove();
      }
    }
    return removed;
  }

  private static boolean isHidden(Element element) {
    boolean page = element.normalName().equals("html") || element.normalName().equals("body");
    return !page && (element.hasAttr("hidden") || HIDING.matcher(element.attr("style")).find());
  }

  /** All but navigation and margins; a page that has nothing else keeps them. */
  private static Element withoutSurroundings(Document page) {
    Element all = page.body().clone();
    Elements around = page.body().select(AROUND_THE_TEXT);
    around.stream().filter(HtmlReader::isMargin).forEach(Element::remove);
    return page.body().hasText() ? page.body() : all;
  }

  /** A header with the page's heading, or inside an article, belongs to the text. */
  private static boolean isMargin(Element element) {
    boolean head = element.normalName().equals("header") || element.normalName().equals("footer");
    return !head
        || (element.closest("article, main, blockquote") == null
            && element.selectFirst("h1") == null);
  }

  private static String text(InputFile file) throws IOException, UnreadableFileException {
    byte[] bytes = Files.readAllBytes(file.path());
    String head =
        new String(bytes, 0, Math.min(bytes.length, HEAD_BYTES), StandardCharsets.US_ASCII);
    Matcher declared = DECLARED.matcher(head);
    boolean marked = bytes.length > 2 && (bytes[0] & 0xFF) >= 0xEF && (bytes[1] & 0xFF) >= 0xBB;
    if (!marked && declared.find() && Charset.isSupported(declared.group(1))) {
      Charset charset = wider(Charset.forName(declared.group(1)));
      String text = new String(bytes, charset);
      if (text.indexOf('\uFFFD') < 0) {
        return text;
      }
    }
    return TextCharset.decode(file.path());
  }

  /** Pages that say GB2312 use the characters of its successors. */
  private static Charset wider(Charset declared) {
    boolean chinese = declared.name().equals("GB2312") || declared.name().equals("GBK");
    return chinese ? Charset.forName("GB18030") : declared;
  }
}
