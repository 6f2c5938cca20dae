package dev.zhiku.generators.library;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.egress.Download;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Brings GGUF files into the data folder: from a hub, an address, or this machine. What comes from
 * elsewhere is kept only if its SHA-256 is the one that hub or administrator named. Thread-safe for
 * different files.
 */
public final class GgufStore implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final GgufFolder folder;
  private final ModelSpace space;
  private final Download http;
  private final Map<Hub, URI> hubs;
  private final int resumes;

  /**
   * @param http made for this store, which closes it
   * @param hubs where they are, if elsewhere than they say
   * @param resumes attempts after the first; each goes on where the one before ended
   */
  public GgufStore(
      GgufFolder folder, ModelSpace space, Download http, Map<Hub, URI> hubs, int resumes) {
    this.folder = folder;
    this.space = space;
    this.http = http;
    this.hubs = Map.copyOf(hubs);
    this.resumes = resumes;
  }

  /** From a hub. */
  void fetch(CatalogueModel model, Hub hub, Optional<String> sha256, PullProgress progress)
      throws IOException, InterruptedException {
    URI base = hubs.getOrDefault(hub, hub.home());
    RemoteFile file =
        new RemoteFile(hub.file(base, model.repository(), model.file()), model.file(), sha256, 0);
    requireAbsent(file.name());
    fetch(
        hub == Hub.MODELSCOPE
            ? new ModelScopeList(http).describe(file, Hub.list(base, model.repository()))
            : file,
        progress);
  }

  /** From an address. */
  void fetch(URI address, Optional<String> sha256, PullProgress progress)
      throws IOException, InterruptedException {
    if (!Download.allows(address)) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE, "name", GeneratorText.of("rule.https-address"));
    }
    RemoteFile file = RemoteFile.at(address, sha256);
    requireAbsent(file.name());
    fetch(file, progress);
  }

  private void fetch(RemoteFile file, PullProgress progress)
      throws IOException, InterruptedException {
    folder.made();
    PartFile part = new PartFile(folder.file(file.name()));
    String expected = new GgufFetch(http, part, space, progress).fetch(file, resumes);
    finish(part, file.name(), Optional.of(expected), progress);
  }

  /** Copies a file of this machine, which stays as it is. */
  void copy(Path source, Optional<String> sha256, PullProgress progress)
      throws IOException, InterruptedException {
    String name = GgufFolder.checked(String.valueOf(source.getFileName()));
    if (!Files.isRegularFile(source) || !Files.isReadable(source)) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE, "name", GeneratorText.of("rule.readable-path"));
    }
    requireAbsent(name);
    Gguf.check(source);
    folder.made();
    long total = Files.size(source);
    space.require(total, total);
    PartFile part = new PartFile(folder.file(name));
    part.delete();
    try (InputStream in = Files.newInputStream(source);
        FileChannel out =
            part.open(false, new PartFile.Origin(source.toString(), Optional.empty(), "", 0))) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long done = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped while a file was being copied");
        }
        done += count;
        space.write(out, ByteBuffer.wrap(buffer, 0, count), done);
        progress.set(PullProgress.Phase.DOWNLOADING, done, total);
      }
    } catch (IOException | InterruptedException | Problem e) {
      part.delete();
      throw e;
    }
    finish(part, name, sha256, progress);
  }

  private void requireAbsent(String name) {
    if (folder.find(name).isPresent()) {
      throw new Problem(ProblemCode.MODEL_EXISTS, name);
    }
  }

  private void finish(PartFile part, String name, Optional<String> expected, PullProgress progress)
      throws IOException, InterruptedException {
    String sha256 = Sha256.of(part.path(), progress);
    if (expected.isPresent() && !expected.get().equals(sha256)) {
      part.delete();
      throw new Problem(ProblemCode.CHECKSUM_MISMATCH, expected.get(), sha256);
    }
    folder.take(part.path(), name, sha256);
    part.forget();
  }

  @Override
  public void close() {
    http.close();
  }
}
