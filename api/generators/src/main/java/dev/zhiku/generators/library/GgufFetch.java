package dev.zhiku.generators.library;

import static dev.zhiku.generators.library.PullProgress.Phase.ASKING;
import static dev.zhiku.generators.library.PullProgress.Phase.DOWNLOADING;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.egress.BoundedBody;
import dev.zhiku.generators.egress.Download;
import dev.zhiku.index.message.Phrase;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Fetches one GGUF file into its part file: goes on where an earlier attempt ended, begins anew
 * where the server has another file by now. Used by one thread.
 */
final class GgufFetch {
  private static final long PAUSE_MILLIS = 500;
  private static final int BUFFER_BYTES = 1 << 18;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int PARTIAL = 206;
  private static final int OK = 200;

  private final Download http;
  private final PartFile part;
  private final ModelSpace space;
  private final PullProgress progress;

  GgufFetch(Download http, PartFile part, ModelSpace space, PullProgress progress) {
    this.http = http;
    this.part = part;
    this.space = space;
    this.progress = progress;
  }

  /** The connection broke; another attempt may go on. */
  private static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;

    Cut(String message) {
      super(message);
    }

    Cut(IOException cause) {
      super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
  }

  /**
   * Fetches all of it.
   *
   * @param most attempts after the first
   * @return its SHA-256 as hub or administrator name it; nobody has compared it yet
   * @throws Problem if it cannot be had; what has come stays for another attempt
   */
  String fetch(RemoteFile file, int most) throws IOException, InterruptedException {
    for (int resumes = 0; ; resumes++) {
      try {
        return attempt(file);
      } catch (Cut e) {
        if (resumes == most) {
          throw file.unavailable(said(e));
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    }
  }

  private String attempt(RemoteFile file) throws IOException, InterruptedException {
    Optional<PartFile.Origin> origin = part.origin().filter(o -> isOf(o, file));
    long have = origin.isPresent() ? part.bytes() : 0;
    if (have > 0 && have == origin.get().total()) {
      return file.described(Optional.of(origin.get().sha256()), have).requiredSha256();
    }
    try (Download.Reply reply = ask(file, have, origin)) {
      requireUsable(reply, file);
      RemoteFile described = described(file, reply.first());
      String sha256 = described.requiredSha256();
      boolean goesOn = reply.status() == PARTIAL && startsAt(reply.headers(), have);
      boolean isTheSame = origin.filter(o -> o.sha256().equals(sha256)).isPresent();
      if (reply.status() == OK || (goesOn && have > 0 && isTheSame)) {
        receive(reply, described, goesOn ? have : 0);
        return sha256;
      }
      part.delete();
      throw new Cut("the file there is another one by now");
    }
  }

  /** What an administrator names another sum for is another file. */
  private static boolean isOf(PartFile.Origin origin, RemoteFile file) {
    return origin.address().equals(file.address().toString())
        && file.sha256().filter(sum -> !sum.equals(origin.sha256())).isEmpty();
  }

  private static void requireUsable(Download.Reply reply, RemoteFile file) {
    int status = reply.status();
    if (status != OK && status != PARTIAL && status != RANGE_NOT_SATISFIABLE) {
      throw file.unavailable(GeneratorText.of("source.answered", status));
    }
  }

  private Download.Reply ask(RemoteFile file, long have, Optional<PartFile.Origin> origin)
      throws IOException, InterruptedException {
    progress.set(ASKING, have, file.bytes());
    Map<String, String> headers = new TreeMap<>();
    if (have > 0) {
      headers.put("Range", "bytes=" + have + "-");
      origin.flatMap(PartFile.Origin::etag).ifPresent(etag -> headers.put("If-Range", etag));
    }
    try {
      return http.open(file.address(), headers);
    } catch (Download.Forbidden e) {
      throw file.unavailable(said(e));
    } catch (IOException e) {
      throw new Cut(e);
    }
  }

  /** Hugging Face and its mirrors say size and sum in the reply of the file's own address. */
  private static RemoteFile described(RemoteFile file, HttpHeaders first) {
    return file.described(
        first.firstValue("x-linked-etag").flatMap(Sha256::read),
        first.firstValueAsLong("x-linked-size").orElse(0));
  }

  private static boolean startsAt(HttpHeaders headers, long offset) {
    return headers.firstValue("Content-Range").orElse("").startsWith("bytes " + offset + "-");
  }

  private void receive(Download.Reply reply, RemoteFile file, long have)
      throws IOException, InterruptedException {
    long rest = reply.headers().firstValueAsLong("Content-Length").orElse(0);
    long total = file.bytes() > 0 ? file.bytes() : rest == 0 ? 0 : have + rest;
    space.require(total, total - have);
    try (FileChannel out = part.open(have > 0, origin(reply, file, total))) {
      copy(reply, out, have, total);
    }
  }

  private static PartFile.Origin origin(Download.Reply reply, RemoteFile file, long total) {
    Optional<String> etag =
        reply.headers().firstValue("ETag").filter(e -> !e.startsWith("W/") && e.length() < 200);
    return new PartFile.Origin(file.address().toString(), etag, file.requiredSha256(), total);
  }

  private void copy(Download.Reply reply, FileChannel out, long have, long total)
      throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long done = have;
    boolean checked = false;
    progress.set(DOWNLOADING, done, total);
    for (int count = read(reply, buffer); count >= 0; count = read(reply, buffer)) {
      done += count;
      if (total > 0 && done > total) {
        part.delete();
        throw new Problem(ProblemCode.MODEL_REFUSED, tooLong(total));
      }
      space.write(out, ByteBuffer.wrap(buffer, 0, count), done);
      if (!checked && done >= Gguf.HEAD_BYTES) {
        checkHead();
        checked = true;
      }
      progress.set(DOWNLOADING, done, total);
    }
    if (done < total) {
      throw new Cut("the connection ended after " + done + " of " + total + " bytes");
    }
    if (!checked) {
      checkHead();
    }
  }

  private void checkHead() throws IOException {
    try {
      Gguf.check(part.path());
    } catch (Problem e) {
      part.delete();
      throw e;
    }
  }

  private static int read(Download.Reply reply, byte[] buffer) throws Cut, InterruptedException {
    try {
      return reply.body().read(buffer);
    } catch (InterruptedIOException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException("stopped").initCause(e);
    } catch (IOException e) {
      throw new Cut(e);
    }
  }

  private static Phrase tooLong(long total) {
    return GeneratorText.of("source.too-long", total);
  }

  private static Phrase said(IOException e) {
    return e.getCause() instanceof BoundedBody.Silence
        ? GeneratorText.of("source.silent")
        : GeneratorText.of("source.failed", e.getMessage());
  }
}
