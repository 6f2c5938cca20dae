package dev.zhiku.generators.library;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.generators.egress.Download;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Size and SHA-256 of a file, as ModelScope lists them for a repository. */
final class ModelScopeList {
  private static final int MAX_BYTES = 4 << 20;

  private final Download http;
  private final ObjectMapper json = new ObjectMapper();

  ModelScopeList(Download http) {
    this.http = http;
  }

  /**
   * @param list where the files of its repository are listed
   * @throws Problem if they are not, or the file is not among them
   */
  RemoteFile describe(RemoteFile file, URI list) throws InterruptedException {
    try (Download.Reply reply = http.open(list, Map.of())) {
      if (reply.status() != 200) {
        throw file.unavailable(GeneratorText.of("source.answered", reply.status()));
      }
      Object body = json.readValue(reply.body().readNBytes(MAX_BYTES), Object.class);
      return files(body).stream()
          .filter(entry -> entry instanceof Map<?, ?> map && file.name().equals(map.get("Path")))
          .findFirst()
          .map(entry -> described(file, (Map<?, ?>) entry))
          .orElseThrow(() -> file.unavailable(GeneratorText.of("source.not-listed")));
    } catch (InterruptedIOException e) {
      Thread.interrupted();
      throw (InterruptedException) new InterruptedException("stopped").initCause(e);
    } catch (IOException e) {
      throw file.unavailable(GeneratorText.of("source.failed", e.getMessage()));
    }
  }

  private static List<?> files(Object body) {
    return body instanceof Map<?, ?> root
            && root.get("Data") instanceof Map<?, ?> data
            && data.get("Files") instanceof List<?> files
        ? files
        : List.of();
  }

  private static RemoteFile described(RemoteFile file, Map<?, ?> entry) {
    Optional<String> sum = Sha256.read(String.valueOf(entry.get("Sha256")));
    return file.described(sum, entry.get("Size") instanceof Number size ? size.longValue() : 0);
  }
}
