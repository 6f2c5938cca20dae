package dev.zhiku.server.documents;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.ingest.catalog.CatalogEntry;
import dev.zhiku.server.http.ClientDescriptors;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

/**
 * Serves the original of a document, so that a browser shows what is safe to show and saves the
 * rest: nothing in it ever runs in our origin.
 */
final class Original {
  /** Bytes read to tell the encoding of a text. */
  private static final int SAMPLE_BYTES = 64 * 1_024;

  /** Longest UTF-8 sequence less one: a sample may end inside a character. */
  private static final int CUT_BYTES = 3;

  private static final Set<String> SHOWN =
      Set.of(
          "application/pdf",
          "text/plain",
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp",
          "image/bmp",
          "image/avif");

  private final CatalogEntry entry;
  private final FileChannel file;
  private final ClientDescriptors.Lease lease;
  private final long size;
  private final String tag;

  private Original(
      CatalogEntry entry, FileChannel file, ClientDescriptors.Lease lease, long size, String tag) {
    this.entry = entry;
    this.file = file;
    this.lease = lease;
    this.size = size;
    this.tag = tag;
  }

  /**
   * The response for a document's file, whole or the part that was asked for. The file is opened
   * once; the response closes it.
   */
  static HttpResponse<?> respond(
      HttpRequest<?> request, CatalogEntry entry, Path path, ClientDescriptors descriptors) {
    ClientDescriptors.Lease lease = descriptors.take();
    try {
      return respond(request, entry, path, lease);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private static HttpResponse<?> respond(
      HttpRequest<?> request, CatalogEntry entry, Path path, ClientDescriptors.Lease lease) {
    FileChannel file = open(path);
    try {
      Original original =
          new Original(entry, file, lease, file.size(), tag(entry, path, file.size()));
      MutableHttpResponse<?> response = original.respond(request);
      // Of a HEAD nobody takes the body, and nobody would close it.
      if (!(response.body() instanceof StreamedFile) || request.getMethod() == HttpMethod.HEAD) {
        file.close();
        lease.close();
      }
      return response;
    } catch (IOException e) {
      closeQuietly(file, e);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      closeQuietly(file, e);
      throw e;
    }
  }

  private static FileChannel open(Path path) {
    try {
      return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      throw new Problem(ProblemCode.DOCUMENT_NOT_FOUND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void closeQuietly(FileChannel file, Exception because) {
    try {
      file.close();
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  /**
   * The hash where the file is still the one that was read; otherwise what tells versions apart.
   */
  private static String tag(CatalogEntry entry, Path path, long size) throws IOException {
    Instant modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    boolean asRead =
        size == entry.size()
            && modified
                .truncatedTo(ChronoUnit.MILLIS)
                .equals(entry.modifiedAt().truncatedTo(ChronoUnit.MILLIS));
    return entry
        .sha256()
        .filter(hash -> asRead)
        .map(hash -> '"' + hash + '"')
        .orElseGet(() -> "W/\"" + size + "-" + modified.toEpochMilli() + '"');
  }

  private MutableHttpResponse<?> respond(HttpRequest<?> request) throws IOException {
    HttpHeaders headers = request.getHeaders();
    if (headers.getAll(HttpHeaders.IF_NONE_MATCH).stream().anyMatch(value -> value.contains(tag))) {
      return described(HttpResponse.notModified());
    }
    Optional<ByteRange> range =
        headers
            .findFirst(HttpHeaders.RANGE)
            .filter(value -> headers.findFirst(HttpHeaders.IF_RANGE).map(tag::equals).orElse(true))
            .flatMap(value -> ByteRange.parse(value, size));
    MediaType type = mediaType();
    return range.isPresent() ? part(range.get(), type) : whole(type);
  }

  private MutableHttpResponse<?> whole(MediaType type) throws IOException {
    return described(HttpResponse.ok(stream(new ByteRange(0, size - 1), type)));
  }

  private MutableHttpResponse<?> part(ByteRange range, MediaType type) throws IOException {
    return described(HttpResponse.ok(stream(range, type)))
        .status(HttpStatus.PARTIAL_CONTENT)
        .header(
            HttpHeaders.CONTENT_RANGE, "bytes " + range.first() + "-" + range.last() + "/" + size);
  }

  private StreamedFile stream(ByteRange range, MediaType type) throws IOException {
    file.position(range.first());
    InputStream bytes = new LimitedInput(Channels.newInputStream(file), range.length(), lease);
    return new StreamedFile(bytes, type, entry.modifiedAt().toEpochMilli(), range.length());
  }

  private <T> MutableHttpResponse<T> described(MutableHttpResponse<T> response) {
    return response
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.ACCEPT_RANGES, "bytes")
        .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
        .header("Content-Security-Policy", "sandbox")
        .header("X-Frame-Options", "SAMEORIGIN")
        .header(HttpHeaders.CONTENT_DISPOSITION, disposition());
  }

  private String disposition() {
    String kind = SHOWN.contains(essence()) ? "inline" : "attachment";
    String plain = entry.name().replaceAll("[^A-Za-z0-9._ -]", "_");
    String encoded =
        URLEncoder.encode(entry.name(), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A");
    return kind + "; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
  }

  private String essence() {
    return entry.mediaType().split(";", 2)[0].strip();
  }

  private MediaType mediaType() throws IOException {
    String type = essence();
    if (type.equals("text/plain")) {
      return MediaType.of("text/plain; charset=" + charset());
    }
    return MediaType.of(SHOWN.contains(type) ? type : "application/octet-stream");
  }

  private String charset() throws IOException {
    ByteBuffer sample = ByteBuffer.allocate((int) Math.min(size, SAMPLE_BYTES));
    while (sample.hasRemaining() && file.read(sample, sample.position()) > 0) {
      // Reads until the sample is full or the file ends.
    }
    sample.flip();
    if (isUtf8(sample)) {
      return "utf-8";
    }
    byte[] bytes = new byte[sample.remaining()];
    sample.get(bytes);
    CharsetMatch match = new CharsetDetector().setText(bytes).detect();
    return match == null ? "utf-8" : match.getName();
  }

  private boolean isUtf8(ByteBuffer sample) {
    int cut = sample.limit() < size ? Math.min(CUT_BYTES, sample.limit()) : 0;
    for (int dropped = 0; dropped <= cut; dropped++) {
      if (decodes(sample.duplicate().limit(sample.limit() - dropped))) {
        return true;
      }
    }
    return false;
  }

  private static boolean decodes(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** So many bytes of a stream; closing it closes the stream. */
  private static final class LimitedInput extends InputStream {
    private final InputStream in;
    private final ClientDescriptors.Lease lease;
    private long left;

    LimitedInput(InputStream in, long length, ClientDescriptors.Lease lease) {
      this.in = in;
      this.lease = lease;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public void close() throws IOException {
      try (lease) {
        in.close();
      }
    }
  }
}
