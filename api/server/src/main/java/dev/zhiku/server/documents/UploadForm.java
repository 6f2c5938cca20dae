package dev.zhiku.server.documents;

import static dev.zhiku.answering.problem.ProblemCode.DISK_FULL;
import static dev.zhiku.answering.problem.ProblemCode.MALFORMED_REQUEST;
import static dev.zhiku.answering.problem.ProblemCode.UNKNOWN_FIELD;
import static dev.zhiku.answering.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static dev.zhiku.answering.problem.ProblemCode.UPLOAD_TOO_LARGE;
import static dev.zhiku.answering.problem.ProblemCode.VALUE_OUT_OF_RANGE;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.source.SourceFiles.OnConflict;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.ParameterParser;

/**
 * The form of {@code POST /documents}, read part by part: the file goes to a spool file as it comes
 * in, and reading stops with the first byte over the limit.
 */
final class UploadForm {
  private static final Set<String> FIELDS = Set.of("source", "path", "on_conflict");
  private static final int MAX_FIELD_BYTES = 4_096;
  private static final int MAX_HEADER_BYTES = 4_096;
  private static final int MAX_BOUNDARY_BYTES = 200;
  private static final int BUFFER_BYTES = 64 * 1_024;

  /** Most bytes before the first part; no program sends any. */
  private static final int MAX_PREAMBLE_BYTES = 4_096;

  private final Body body;
  private final MultipartStream parts;
  private final Path spool;
  private final long maxFileBytes;
  private final Map<String, String> fields = new HashMap<>();
  private Optional<String> fileName = Optional.empty();
  private boolean hasFile;

  private UploadForm(Body body, MediaType type, Path spool, long maxFileBytes) {
    this.body = body;
    this.parts = new MultipartStream(body, boundary(type), BUFFER_BYTES, null);
    parts.setHeaderEncoding(StandardCharsets.UTF_8.name());
    parts.setPartHeaderSizeMax(MAX_HEADER_BYTES);
    this.spool = spool;
    this.maxFileBytes = maxFileBytes;
  }

  /**
   * Reads the whole form.
   *
   * @param spool takes the bytes of the file
   * @throws Problem if the form is not as it should be; the spool file is the caller's to delete
   */
  static UploadForm read(MediaType type, InputStream body, Path spool, long maxFileBytes) {
    UploadForm form = new UploadForm(new Body(body), type, spool, maxFileBytes);
    form.readParts();
    form.checkComplete();
    return form;
  }

  Optional<String> source() {
    return Optional.ofNullable(fields.get("source")).filter(source -> !source.isBlank());
  }

  /** Where to write it: the field, or the name that came with the file. */
  String path() {
    return Optional.ofNullable(fields.get("path"))
        .filter(path -> !path.isBlank())
        .or(() -> fileName)
        .orElseThrow(UploadForm::nameMissing);
  }

  OnConflict onConflict() {
    return switch (fields.getOrDefault("on_conflict", "rename")) {
      case "rename" -> OnConflict.RENAME;
      case "replace" -> OnConflict.REPLACE;
      case "fail" -> OnConflict.FAIL;
      default ->
          throw new Problem(VALUE_OUT_OF_RANGE, "on_conflict", ServerText.of("rule.on-conflict"));
    };
  }

  private static byte[] boundary(MediaType type) {
    String boundary = type.getParameters().get("boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > MAX_BOUNDARY_BYTES) {
      throw new Problem(UNSUPPORTED_MEDIA_TYPE);
    }
    return unquoted(boundary).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  private void readParts() {
    try {
      boolean more = skipPreamble();
      while (more) {
        readPart(disposition(parts.readHeaders()));
        more = parts.readBoundary();
      }
    } catch (SpoolException e) {
      throw e.problem();
    } catch (IOException e) {
      body.refusal().ifPresent(UploadForm::rethrow);
      // Not a form, or its sender has gone; either way it did not come in whole.
      throw new Problem(MALFORMED_REQUEST);
    }
  }

  /** What is read while the first part is looked for ends soon after its limit. */
  private boolean skipPreamble() throws IOException {
    body.allow(MAX_PREAMBLE_BYTES + BUFFER_BYTES);
    boolean more = parts.skipPreamble();
    body.allow(Long.MAX_VALUE);
    return more;
  }

  private static void rethrow(Problem refusal) {
    throw refusal;
  }

  private void readPart(Map<String, String> disposition) throws IOException {
    String name = disposition.getOrDefault("name", "");
    if (name.equals("file")) {
      readFile(disposition);
    } else if (FIELDS.contains(name)) {
      readField(name);
    } else {
      throw new Problem(UNKNOWN_FIELD, name);
    }
  }

  private void readFile(Map<String, String> disposition) throws IOException {
    if (hasFile) {
      throw new Problem(VALUE_OUT_OF_RANGE, "file", ServerText.of("rule.one-file"));
    }
    hasFile = true;
    fileName = Optional.ofNullable(disposition.get("filename")).flatMap(UploadForm::lastPart);
    try (OutputStream file = spoolStream()) {
      parts.readBodyData(file);
    }
  }

  private OutputStream spoolStream() throws IOException {
    return new Limited(
        Files.newOutputStream(spool),
        maxFileBytes,
        () -> body.refuse(new Problem(UPLOAD_TOO_LARGE, maxFileBytes)));
  }

  private void readField(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Phrase rule = ServerText.of("rule.form-field");
    Supplier<Problem> bad = () -> body.refuse(new Problem(VALUE_OUT_OF_RANGE, name, rule));
    try (OutputStream field = new Limited(bytes, MAX_FIELD_BYTES, bad)) {
      parts.readBodyData(field);
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString();
      if (fields.put(name, text) != null) {
        throw bad.get();
      }
    } catch (CharacterCodingException e) {
      throw bad.get();
    }
  }

  private void checkComplete() {
    if (!hasFile) {
      throw new Problem(VALUE_OUT_OF_RANGE, "file", ServerText.of("rule.file-part"));
    }
    path();
    onConflict();
  }

  private static Problem nameMissing() {
    return new Problem(VALUE_OUT_OF_RANGE, "path", ServerText.of("rule.file-name"));
  }

  private static Map<String, String> disposition(String headers) {
    for (String line : headers.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(line.substring(line.indexOf(':') + 1), ';');
      }
    }
    return Map.of();
  }

  /** Some clients send a whole path as the name; only its last part counts. */
  private static Optional<String> lastPart(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.isBlank() ? Optional.empty() : Optional.of(last);
  }

  /**
   * The bytes of a request, which end where the form is refused: the parser would otherwise read a
   * refused part to its end, however long that is.
   */
  private static final class Body extends FilterInputStream {
    private Optional<Problem> refusal = Optional.empty();
    private long left = Long.MAX_VALUE;

    Body(InputStream in) {
      super(in);
    }

    /** So many bytes from now on; one more refuses the form. */
    void allow(long bytes) {
      left = bytes;
    }

    Problem refuse(Problem why) {
      refusal = Optional.of(why);
      return why;
    }

    Optional<Problem> refusal() {
      return refusal;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0 && refusal.isEmpty()) {
        refuse(new Problem(MALFORMED_REQUEST));
      }
      if (refusal.isPresent()) {
        return -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }

  /** The disk did not take the bytes. */
  private static final class SpoolException extends IOException {
    private static final long serialVersionUID = 1L;

    SpoolException(IOException cause) {
      super(cause);
    }

    RuntimeException problem() {
      String said = String.valueOf(getCause()).toLowerCase(Locale.ROOT);
      boolean full = said.contains("no space left") || said.contains("not enough space");
      return full ? new Problem(DISK_FULL) : new UncheckedIOException(this);
    }
  }

  /** Takes so many bytes and no more, and tells a failing disk from a failing client. */
  private static final class Limited extends FilterOutputStream {
    private final Supplier<Problem> over;
    private long left;

    Limited(OutputStream out, long limit, Supplier<Problem> over) {
      super(out);
      this.left = limit;
      this.over = over;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > left) {
        throw over.get();
      }
      left -= length;
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw new SpoolException(e);
      }
    }
  }
}
