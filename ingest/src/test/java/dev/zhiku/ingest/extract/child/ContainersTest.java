package dev.zhiku.ingest.extract.child;

import static dev.zhiku.ingest.testing.ExtractorContract.content;
import static dev.zhiku.ingest.testing.ExtractorContract.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.index.Passage.Location.Kind;
import dev.zhiku.ingest.Reason;
import dev.zhiku.ingest.ReasonCode;
import dev.zhiku.ingest.extract.Block;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.extract.OleStorage;
import dev.zhiku.ingest.testing.ExtractorContract.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.poi.poifs.filesystem.DirectoryEntry;
import org.apache.poi.poifs.filesystem.Entry;
import org.apache.poi.poifs.filesystem.EntryUtils;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files inside files, and what a file says beside its text. */
class ContainersTest {
  private static final Readers READERS = new Readers();

  /** Folder of this test alone, with that of the readers in it. */
  private final Path around;

  private final Path directory;

  ContainersTest(@TempDir Path around) throws IOException {
    this.around = around;
    this.directory = Files.createDirectory(around.resolve("readers"));
  }

  @Test
  void names_in_an_archive_made_on_chinese_windows_are_read_as_they_were_written()
      throws IOException {
    Extracted extracted = read(zipped("GBK", Map.of("合同/采购合同.txt", "the pump is blue")));
    assertThat(entry(extracted, "pump")).isEqualTo("合同/采购合同.txt");
  }

  @Test
  void names_in_an_archive_of_old_western_systems_keep_their_accents() throws IOException {
    Extracted extracted = read(zipped("IBM437", Map.of("Müller.txt", "the pump is blue")));
    assertThat(entry(extracted, "pump")).isEqualTo("Müller.txt");
  }

  @Test
  void of_an_empty_file_in_an_archive_its_name_is_found() throws IOException {
    Extracted extracted = read(zipped("UTF-8", Map.of("minutes of May.doc", "")));
    assertThat(text(extracted)).isEqualTo("minutes of May.doc");
    assertThat(entry(extracted, "minutes")).isEqualTo("minutes of May.doc");
  }

  @Test
  void an_archive_that_lost_its_directory_is_read_entry_after_entry() throws IOException {
    byte[] whole = zipped("UTF-8", Map.of("a.txt", "the pump is blue")).bytes();
    int directoryStart = indexOf(whole, "PK\1\2");
    byte[] cut = Arrays.copyOf(whole, directoryStart);
    assertThat(entry(read(Sample.of("cut.zip", cut)), "pump")).isEqualTo("a.txt");
  }

  @Test
  void an_entry_of_an_archive_in_an_archive_is_cited_by_its_whole_way() throws IOException {
    byte[] inner = zipped("UTF-8", Map.of("c.txt", "the pump is blue")).bytes();
    ByteArrayOutputStream outer = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(outer)) {
      zip.putNextEntry(new ZipEntry("b.zip"));
      zip.write(inner);
    }
    assertThat(entry(read(Sample.of("a.zip", outer.toByteArray())), "pump"))
        .isEqualTo("b.zip/c.txt");
  }

  @Test
  void a_document_that_lies_in_another_as_a_folder_becomes_a_file_again() throws IOException {
    byte[] book = TestFiles.xls("Parts", List.of(List.of("valve 2718"))).bytes();
    try (POIFSFileSystem outer = new POIFSFileSystem();
        POIFSFileSystem inner = new POIFSFileSystem(new ByteArrayInputStream(book))) {
      DirectoryEntry folder = outer.createDirectory("MBD0001");
      for (Entry entry : inner.getRoot()) {
        EntryUtils.copyNodeRecursively(entry, folder);
      }
      Sample again = Sample.of("inner.xls", OleStorage.asFile(folder));
      assertThat(text(read(again))).contains("valve 2718");
    }
  }

  @Test
  void an_archive_with_nothing_but_locked_entries_needs_a_password() throws IOException {
    byte[] whole = zipped("UTF-8", Map.of("a.txt", "the pump is blue")).bytes();
    byte[] locked = whole.clone();
    locked[6] |= 1;
    locked[indexOf(whole, "PK\1\2") + 8] |= 1;
    Extracted extracted = read(Sample.of("locked.zip", locked));
    assertThat(extracted)
        .isInstanceOfSatisfying(
            Extracted.Rejected.class,
            r -> assertThat(r.reason().code()).isEqualTo(ReasonCode.PASSWORD_PROTECTED));
  }

  @Test
  void an_ofd_file_is_refused_by_name_although_it_is_an_archive() throws IOException {
    assertThat(read(Sample.of("fapiao.ofd", zipped("UTF-8", Map.of("OFD.xml", "<OFD/>")).bytes())))
        .isInstanceOfSatisfying(
            Extracted.Rejected.class,
            r -> assertThat(r.reason()).isEqualTo(new Reason(ReasonCode.UNSUPPORTED_TYPE, "OFD")));
  }

  @Test
  void eleven_archives_in_each_other_name_the_limit_of_depth() throws IOException {
    Sample sample = zipped("UTF-8", Map.of("deep.txt", "the pump is blue"));
    for (int level = 1; level <= 11; level++) {
      ByteArrayOutputStream outer = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(outer)) {
        zip.putNextEntry(new ZipEntry("level-" + level + ".zip"));
        zip.write(sample.bytes());
      }
      sample = Sample.of("outer.zip", outer.toByteArray());
    }
    assertThat(read(sample))
        .isInstanceOfSatisfying(
            Extracted.Rejected.class,
            r -> assertThat(r.reason().value()).contains("more than 10 levels"));
  }

  @Test
  void a_compressed_file_of_zeros_in_another_names_the_limit_of_its_ratio() throws IOException {
    byte[] once = gzip(new byte[20 << 20]);
    assertThat(read(Sample.of("zeros.gz.gz", gzip(once))))
        .isInstanceOfSatisfying(
            Extracted.Rejected.class,
            r -> assertThat(r.reason().code()).isEqualTo(ReasonCode.UNPACK_LIMIT));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void hostile_names_in_an_archive_write_nothing_outside() throws IOException {
    String evil = "evil-" + UUID.randomUUID() + ".txt";
    Map<String, String> hostile = new LinkedHashMap<>();
    for (String name :
        List.of("../" + evil, "/" + evil, "..\\" + evil, "C:\\" + evil, "a:b", "con")) {
      hostile.put(name, "the pump is blue");
    }
    assertThat(content(read(zipped("UTF-8", hostile))).blocks()).hasSize(hostile.size());
    try (Stream<Path> files = Files.walk(around)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .noneMatch(name -> name.contains(evil) || name.equals("a:b") || name.equals("con"));
    }
    for (Path elsewhere : List.of(Path.of("/"), Path.of(""), around.resolveSibling(""))) {
      assertThat(elsewhere.resolve(evil)).doesNotExist();
    }
  }

  @Test
  void a_bookmark_that_its_page_does_not_say_is_cited_by_that_page() throws IOException {
    Sample plain =
        TestFiles.pdf(
            List.of(
                List.of(new TestFiles.Line(10, 700, "Opening")),
                List.of(new TestFiles.Line(10, 700, "Second page"))));
    Extracted extracted = read(withBookmarks(plain, "Opening", "Annex of May"));
    assertThat(text(extracted)).containsOnlyOnce("Opening");
    Block found = block(extracted, "Annex of May");
    assertThat(found.place().kind()).isEqualTo(Kind.PAGE);
    assertThat(found.place().start()).isEqualTo(2);
  }

  private static Sample withBookmarks(Sample pdf, String... titles) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.bytes())) {
      PDDocumentOutline outline = new PDDocumentOutline();
      for (int page = 0; page < titles.length; page++) {
        PDOutlineItem item = new PDOutlineItem();
        item.setTitle(titles[page]);
        item.setDestination(document.getPage(page));
        outline.addLast(item);
      }
      document.getDocumentCatalog().setDocumentOutline(outline);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return Sample.of(pdf.name(), bytes.toByteArray());
    }
  }

  @Test
  void a_script_in_markdown_is_code_that_can_be_found() throws IOException {
    String note = "# Notes\n\n<script>\nvar pressure = 42;\n</script>\n";
    Block code = block(read(Sample.ofText("n.md", note)), "pressure = 42");
    assertThat(code).isInstanceOf(Block.Preformatted.class);
  }

  @Test
  void a_title_above_a_table_of_values_is_shown_as_it_stands() throws IOException {
    Extracted extracted = read(Sample.ofText("t.csv", "Prices of May,,\npart,price\nX-1,12.50\n"));
    assertThat(content(extracted).blocks().getFirst())
        .isInstanceOfSatisfying(
            Block.Paragraph.class, p -> assertThat(p.text()).isEqualTo("Prices of May,,"));
    assertThat(content(extracted).blocks().getLast())
        .isInstanceOfSatisfying(
            Block.Row.class, row -> assertThat(row.header()).containsExactly("part", "price"));
  }

  private static Sample zipped(String charset, Map<String, String> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, Charset.forName(charset))) {
      for (var entry : new LinkedHashMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return Sample.of("archive.zip", bytes.toByteArray());
  }

  private static int indexOf(byte[] bytes, String mark) {
    return new String(bytes, ISO_8859_1).indexOf(mark);
  }

  private Extracted read(Sample sample) throws IOException {
    Path file = Files.createTempFile(directory, "sample", ".bin");
    Files.write(file, sample.bytes());
    return READERS.extractor(ExtractLimits.DEFAULT, directory).extract(file, sample.name());
  }

  private static Block block(Extracted extracted, String words) {
    return content(extracted).blocks().stream()
        .filter(block -> text(block).contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError(words + " is not in " + extracted));
  }

  private static String entry(Extracted extracted, String words) {
    return block(extracted, words).place().entry().orElseThrow();
  }
}
