package dev.zhiku.server.mcp;

import dev.zhiku.answering.search.Principal;
import dev.zhiku.server.query.AnswerRun;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers that are being written for calls of tools, so that a client can stop its own.
 * Thread-safe.
 */
final class RunningCalls {
  private final Map<Key, AnswerRun> runs = new ConcurrentHashMap<>();

  /** Which call: ids are a client's own, and two clients of one asker may use the same. */
  private record Key(Principal principal, String session, Object id) {}

  /** Where the run of one call is entered. */
  final class Place {
    private final Optional<Key> key;

    private Place(Optional<Key> key) {
      this.key = key;
    }

    void enter(AnswerRun run) {
      key.ifPresent(known -> runs.put(known, run));
    }

    void leave(AnswerRun run) {
      key.ifPresent(known -> runs.remove(known, run));
    }

    void stop() {
      key.map(runs::get).ifPresent(AnswerRun::stop);
    }
  }

  /** The place of a call; without a session it has none, for nobody could tell whose it is. */
  Place of(Principal principal, Optional<String> session, Optional<Object> id) {
    return new Place(session.flatMap(name -> id.map(known -> new Key(principal, name, known))));
  }
}
