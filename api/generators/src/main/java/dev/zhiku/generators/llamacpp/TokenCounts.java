package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.dialogue.TokenEstimate;
import dev.zhiku.ingest.child.ChildEnded;
import dev.zhiku.ingest.child.StreamingChild;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of texts as the loaded model counts them, each text asked once as long as it is
 * remembered; estimated while no model is loaded. Thread-safe.
 */
final class TokenCounts {
  /** Passages of a few questions: at most 8,000 characters each, so below 10 MB. */
  private static final int REMEMBERED = 256;

  /** A text of this length is a few milliseconds' work; the process is busy or gone otherwise. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ModelKeeper keeper;
  private final TokenEstimate estimate = new TokenEstimate();
  private final Map<String, Integer> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
          return size() > REMEMBERED;
        }
      };

  private Optional<StreamingChild> counter = Optional.empty();

  TokenCounts(ModelKeeper keeper) {
    this.keeper = keeper;
  }

  /** Tokens of a text, 0 for none. */
  int of(String text) {
    if (text.isEmpty()) {
      return 0;
    }
    try {
      return counted(text, keeper.model().process());
    } catch (ChatException | ChildEnded | IOException e) {
      return estimate.count(text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return estimate.count(text);
    }
  }

  private int counted(String text, StreamingChild process)
      throws InterruptedException, ChildEnded, IOException {
    Optional<Integer> known = known(text, process);
    if (known.isPresent()) {
      return known.get();
    }
    try (StreamingChild.Call call = process.call(new ModelRequest.Count(text).encode())) {
      Optional<byte[]> said = call.next(PATIENCE);
      if (said.isPresent()
          && ModelReply.decode(said.get()) instanceof ModelReply.Counted(int tokens)) {
        remember(text, tokens);
        return tokens;
      }
      return estimate.count(text);
    }
  }

  private synchronized Optional<Integer> known(String text, StreamingChild process) {
    if (counter.filter(process::equals).isEmpty()) {
      remembered.clear();
      counter = Optional.of(process);
    }
    return Optional.ofNullable(remembered.get(text));
  }

  private synchronized void remember(String text, int tokens) {
    remembered.put(text, tokens);
  }
}
