package dev.zhiku.ingest.extract.pdf;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.extract.Block.Place;
import dev.zhiku.ingest.extract.Block.Role;
import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.CommentText;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.extract.ocr.TextRecognition;
import dev.zhiku.ingest.outcome.IngestText;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationMarkup;

/** PDF: text page by page, comments, filled-in fields, attached files. XML forms are not read. */
public final class PdfReader implements FormatReader {
  private static final int LISTED_PAGES = 20;
  private static final int NAME_TREE_DEPTH = 20;

  private final Optional<TextRecognition> recognition;

  /**
   * @param recognition reads scanned pages; without it they are a gap
   */
  public PdfReader(Optional<TextRecognition> recognition) {
    this.recognition = recognition;
  }

  @Override
  public boolean reads(String mediaType) {
    return mediaType.equals("application/pdf");
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    try (PDDocument document = Loader.loadPDF(file.path().toFile())) {
      read(document, sink);
      readAttachments(document, sink);
    } catch (InvalidPasswordException e) {
      readOpenPages(file, sink);
    }
  }

  private void readOpenPages(InputFile file, BlockSink sink)
      throws IOException, UnreadableFileException {
    Optional<PDDocument> open = OpenPages.of(file.path());
    if (open.isEmpty()) {
      throw new UnreadableFileException(ReasonCode.PASSWORD_PROTECTED);
    }
    try (PDDocument document = open.get()) {
      read(document, sink);
      sink.note(IngestText.of("attachments.password"));
    }
  }

  private void read(PDDocument document, BlockSink sink)
      throws IOException, UnreadableFileException {
    sink.pages(document.getNumberOfPages());
    sink.pageLabels(PageLabels.of(document));
    List<PdfPage> pages = new ArrayList<>(pages(document));
    List<PdfPage> scans = scans(document, pages);
    List<PdfPage> garbled = pages.stream().filter(TextLayer::isGarbled).toList();
    List<PdfPage> pictures = new ArrayList<>(scans);
    for (PdfPage page : garbled) {
      PdfPage kept = page.with(TextLayer.readable(page));
      pages.set(page.number() - 1, kept);
      pictures.add(kept);
    }
    readText(document, pages, pictures, sink);
    new Bookmarks(document, pages, sink).read();
    PdfFields.read(document, sink);
    explainGarbled(garbled, sink);
    if (recognition.isPresent()) {
      recognition.get().noteConfidence(sink);
    } else {
      explain(scans, !garbled.isEmpty(), sink);
    }
  }

  private static List<PdfPage> pages(PDDocument document) throws IOException {
    LineStripper stripper = new LineStripper();
    List<PdfPage> pages = new ArrayList<>();
    for (int number = 1; number <= document.getNumberOfPages(); number++) {
      pages.add(stripper.page(document, number));
    }
    return pages;
  }

  private static List<PdfPage> scans(PDDocument document, List<PdfPage> pages) throws IOException {
    ScannedPages scanned = new ScannedPages(document);
    List<PdfPage> scans = new ArrayList<>();
    for (PdfPage page : pages) {
      if (scanned.isScan(page)) {
        scans.add(page);
      }
    }
    return scans;
  }

  private void readText(
      PDDocument document, List<PdfPage> pages, List<PdfPage> scans, BlockSink sink)
      throws IOException {
    ScannedPages scanned = new ScannedPages(document);
    float bodySize = PdfText.largestBodySize(pages.stream().map(PdfPage::lines).toList());
    RunningLines running = new RunningLines(pages, bodySize);
    List<List<PdfLine>> bodies = pages.stream().map(running::body).toList();
    PdfText text = new PdfText(sink, bodies);
    PdfLinks links = new PdfLinks(sink);
    for (int i = 0; i < pages.size(); i++) {
      Place place = place(pages.get(i).number());
      text.page(pages.get(i).number(), bodies.get(i));
      running.kept(pages.get(i)).forEach(line -> sink.paragraph(line.text(), place));
      if (recognition.isPresent() && scans.contains(pages.get(i))) {
        scanned.read(pages.get(i), recognition.get(), sink);
      }
      links.read(document.getPage(i), place);
      readComments(document.getPage(i), pages.get(i).number(), sink);
    }
    text.finish();
  }

  private static void readComments(PDPage page, int number, BlockSink sink) throws IOException {
    Place place = place(number);
    for (PDAnnotation annotation : page.getAnnotations()) {
      String comment = annotation.getContents();
      if (comment != null && !comment.isBlank()) {
        sink.paragraph(Role.NOTE, CommentText.of(author(annotation), comment), place);
      }
    }
  }

  private static Place place(int page) {
    return new Place(Kind.PAGE, Optional.empty(), Optional.empty(), page, page);
  }

  private static String author(PDAnnotation annotation) {
    String author = annotation instanceof PDAnnotationMarkup markup ? markup.getTitlePopup() : null;
    return author == null ? "" : author;
  }

  private static void readAttachments(PDDocument document, BlockSink sink) throws IOException {
    var names = document.getDocumentCatalog().getNames();
    PDEmbeddedFilesNameTreeNode files = names == null ? null : names.getEmbeddedFiles();
    if (files != null) {
      readAttachments(files, 0, sink);
    }
  }

  private static void readAttachments(
      PDNameTreeNode<PDComplexFileSpecification> node, int depth, BlockSink sink)
      throws IOException {
    Map<String, PDComplexFileSpecification> names = node.getNames();
    if (names != null) {
      for (PDComplexFileSpecification attachment : names.values()) {
        readAttachment(attachment, sink);
      }
    }
    List<PDNameTreeNode<PDComplexFileSpecification>> kids = node.getKids();
    if (kids != null && depth < NAME_TREE_DEPTH) {
      for (PDNameTreeNode<PDComplexFileSpecification> kid : kids) {
        readAttachments(kid, depth + 1, sink);
      }
    }
  }

  private static void readAttachment(PDComplexFileSpecification attachment, BlockSink sink)
      throws IOException {
    PDEmbeddedFile content = attachment.getEmbeddedFile();
    if (content == null) {
      return;
    }
    String name = attachment.getFilename();
    try (InputStream in = content.createInputStream()) {
      sink.inner(name == null ? "attachment" : name, in);
    }
  }

  private void explainGarbled(List<PdfPage> garbled, BlockSink sink) {
    if (garbled.isEmpty()) {
      return;
    }
    if (recognition.isPresent()) {
      sink.note(IngestText.of("pages.garbled-recognised", numbers(garbled)));
    } else {
      sink.unreadPictures();
      sink.note(IngestText.of("pages.garbled", numbers(garbled)));
    }
  }

  private static void explain(List<PdfPage> scans, boolean garbled, BlockSink sink)
      throws UnreadableFileException {
    if (sink.isEmpty() && (garbled || !scans.isEmpty())) {
      throw new UnreadableFileException(ReasonCode.OCR_NOT_INSTALLED);
    }
    if (!scans.isEmpty()) {
      sink.unreadPictures();
      sink.note(IngestText.of("pages.pictures-only", numbers(scans)));
    }
  }

  private static String numbers(List<PdfPage> pages) {
    String list =
        pages.stream()
            .limit(LISTED_PAGES)
            .map(page -> String.valueOf(page.number()))
            .collect(Collectors.joining(", "));
    return pages.size() > LISTED_PAGES ? list + ", …" : list;
  }
}
