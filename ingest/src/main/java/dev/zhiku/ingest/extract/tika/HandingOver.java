package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.xml.sax.ContentHandler;

/** Stands where Tika looks for a parser of what it unwrapped, and hands that over as a file. */
final class HandingOver implements Parser {
  private static final long serialVersionUID = 1L;

  private final transient UnaryOperator<String> unwrappedName;
  private final transient InputFile wrapped;
  private final transient BlockSink sink;

  HandingOver(UnaryOperator<String> unwrappedName, InputFile wrapped, BlockSink sink) {
    this.unwrappedName = unwrappedName;
    this.wrapped = wrapped;
    this.sink = sink;
  }

  @Override
  public Set<MediaType> getSupportedTypes(ParseContext context) {
    return Set.of();
  }

  @Override
  public void parse(
      InputStream content, ContentHandler handler, Metadata metadata, ParseContext context)
      throws IOException {
    sink.inner(unwrappedName.apply(wrapped.name()), content);
  }
}
