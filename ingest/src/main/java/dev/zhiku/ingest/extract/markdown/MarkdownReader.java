package dev.zhiku.ingest.extract.markdown;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.extract.text.TextCharset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.front.matter.YamlFrontMatterExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Markdown with tables and front matter, cited by line. */
public final class MarkdownReader implements FormatReader {
  private static final Set<String> TYPES = Set.of("text/markdown", "text/x-web-markdown");
  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), YamlFrontMatterExtension.create());

  private static final Pattern FOOTNOTE = Pattern.compile("^ {0,3}\\[\\^[^\\]\\s]+]:[ \\t]*");
  private static final Pattern FENCE = Pattern.compile(" {0,3}(?:```|~~~)");

  private final Parser parser =
      Parser.builder().extensions(EXTENSIONS).includeSourceSpans(IncludeSourceSpans.BLOCKS).build();

  @Override
  public boolean reads(String mediaType) {
    return TYPES.contains(mediaType);
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    String text = withFootnotesAsItems(TextCharset.decode(file.path()));
    parser.parse(text).accept(new MarkdownBlocks(sink));
  }

  /** The parser takes a footnote of one word for the address of a link. */
  private static String withFootnotesAsItems(String text) {
    if (!text.contains("[^")) {
      return text;
    }
    List<String> lines = new ArrayList<>();
    boolean code = false;
    for (String line : text.split("\\R", -1)) {
      code ^= FENCE.matcher(line).lookingAt();
      lines.add(code ? line : FOOTNOTE.matcher(line).replaceFirst("- "));
    }
    return String.join("\n", lines);
  }
}
