package dev.zhiku.server.conversations;

import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.chat.Turn;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.conversations.ConversationStore.Place;
import dev.zhiku.server.conversations.ConversationStore.Use;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Conversations of whoever asks, within what is configured. Every method throws {@link Problem}
 * {@code conversations-off} where none are kept, and {@code conversations-not-kept} for askers that
 * stand for many. Thread-safe.
 */
public final class Conversations {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int ID_BYTES = 12;

  /** How often it is looked whether any have been kept long enough. */
  private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

  private final ConversationStore store;
  private volatile ConversationsConfig config;
  private final InstantSource clock;
  private Instant nextSweep = Instant.MIN;

  public Conversations(ConversationStore store, ConversationsConfig config, InstantSource clock) {
    this.store = store;
    this.config = config;
    this.clock = clock;
  }

  /** Goes by other limits from the next request on. */
  public void limit(ConversationsConfig limits) {
    config = limits;
  }

  /** Makes one without turns. */
  public Conversation create(Scope scope) {
    String owner = owner(scope);
    sweep();
    return make(owner, "");
  }

  private Conversation make(String owner, String title) {
    Use use = store.use(owner);
    if (use.conversations() >= config.maxConversations()) {
      throw limit("max-conversations", config.maxConversations());
    }
    requireRoom(use.bytes());
    byte[] random = new byte[ID_BYTES];
    RANDOM.nextBytes(random);
    Instant now = Instant.ofEpochMilli(clock.millis());
    Conversation made =
        new Conversation("c_" + HexFormat.of().formatHex(random), title, false, now, now, 0);
    store.create(owner, made);
    return made;
  }

  /** Makes one with turns that were kept elsewhere. */
  public Conversation bringIn(Scope scope, String title, List<KeptTurn> turns) {
    String owner = owner(scope);
    requireTurns(turns.size());
    requireRoom(store.use(owner).bytes() + turns.stream().mapToLong(KeptTurn::size).sum());
    Conversation made = make(owner, title);
    for (KeptTurn turn : turns) {
      store.add(owner, made.id(), turn, OptionalInt.empty(), Titles.of(turn.question()));
    }
    return store.find(owner, made.id()).orElse(made);
  }

  /** Those that hold the words, pinned ones first, then the newest. */
  public List<Conversation> list(Scope scope, List<String> words, Optional<Place> after, int most) {
    String owner = owner(scope);
    sweep();
    return store.list(owner, words, after, most);
  }

  /**
   * One of the asker's own.
   *
   * @throws Problem {@code conversation-not-found} also for those of others
   */
  public Conversation find(Scope scope, String id) {
    return store.find(owner(scope), id).orElseThrow(Conversations::notFound);
  }

  /** Its last turns before a number, oldest first. */
  public List<KeptTurn> turns(Scope scope, String id, OptionalInt before, int most) {
    return store.turns(owner(scope), id, before, most);
  }

  /** Gives it another title, or pins it; what is empty stays. */
  public Conversation change(
      Scope scope, String id, Optional<String> title, Optional<Boolean> pinned) {
    Conversation before = find(scope, id);
    Conversation after =
        before.titled(title.orElse(before.title())).withPin(pinned.orElse(before.pinned()));
    if (!store.change(owner(scope), id, after.title(), after.pinned())) {
      throw notFound();
    }
    return after;
  }

  public void delete(Scope scope, String id) {
    if (!store.delete(owner(scope), id)) {
      throw notFound();
    }
  }

  /** Keeps what the asker thinks of an answer; empty takes it back. */
  public void rate(Scope scope, String id, int number, Optional<KeptTurn.Rating> rating) {
    if (!store.rate(owner(scope), id, number, rating)) {
      throw notFound();
    }
  }

  /**
   * A conversation to ask a question in.
   *
   * @param from number of the turn whose place it takes, which goes with all that follow; empty to
   *     go on at the end
   * @throws Problem {@code conversation-limit} if it may not become longer
   */
  public Talk talk(Scope scope, String id, OptionalInt from) {
    String owner = owner(scope);
    Conversation found = find(scope, id);
    List<KeptTurn> before = store.turns(owner, id, from, Question.MAX_TURNS / 2);
    requireTurns(from.isPresent() ? Math.min(found.turns(), from.getAsInt()) : found.turns() + 1);
    requireRoom(store.use(owner).bytes());
    return new Talk(store, owner, id, from, history(before));
  }

  private static List<Turn> history(List<KeptTurn> turns) {
    List<Turn> said = new ArrayList<>();
    for (KeptTurn turn : turns) {
      if (!turn.answer().isBlank()) {
        said.add(new Turn(Turn.Role.USER, cut(turn.question())));
        said.add(new Turn(Turn.Role.ASSISTANT, cut(turn.answer())));
      }
    }
    return said;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= Question.MAX_TURN_CHARS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, Question.MAX_TURN_CHARS));
  }

  private void requireTurns(int turns) {
    if (turns > config.maxTurns()) {
      throw limit("max-turns", config.maxTurns());
    }
  }

  private void requireRoom(long bytes) {
    if (bytes >= config.maxBytes()) {
      throw limit("max-bytes", config.maxBytes());
    }
  }

  private static Problem limit(String key, long most) {
    return new Problem(
        ProblemCode.CONVERSATION_LIMIT, "zhiku.conversations." + key, Long.toString(most));
  }

  private static Problem notFound() {
    return new Problem(ProblemCode.CONVERSATION_NOT_FOUND);
  }

  private String owner(Scope scope) {
    if (!config.enabled()) {
      throw new Problem(ProblemCode.CONVERSATIONS_OFF);
    }
    Principal principal = scope.principal();
    if (!principal.isIndividual()) {
      throw new Problem(ProblemCode.CONVERSATIONS_NOT_KEPT);
    }
    return principal.name();
  }

  private synchronized void sweep() {
    Instant now = clock.instant();
    if (config.keepDays() > 0 && !now.isBefore(nextSweep)) {
      nextSweep = now.plus(BETWEEN_SWEEPS);
      store.forget(now.minus(Duration.ofDays(config.keepDays())));
    }
  }
}
