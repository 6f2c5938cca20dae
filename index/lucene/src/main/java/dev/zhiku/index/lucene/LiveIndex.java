package dev.zhiku.index.lucene;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.EmbeddedPassage;
import dev.zhiku.index.IndexException.IndexClosed;
import dev.zhiku.index.IndexVerifier;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.RemovedPassages;
import dev.zhiku.index.TextHash;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index that a service works with, over the generation that answers and, while everything is
 * made anew with another embedder, splitter or analyzer, a second one beside it.
 *
 * <p>Questions see only the current generation until the next one is complete. Ingest sees both: a
 * document that is only made anew goes to the next generation alone, a changed one to both, so that
 * changes are answered from at once; vectors are carried over. Thread-safe.
 */
public final class LiveIndex implements IndexVerifier, RemovedPassages, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveIndex.class);

  private final IndexGenerations generations;
  private final Optional<Verification> verifiedWhenOpened;
  private final KnowledgeIndex answering = new View(this::current);
  private final KnowledgeIndex ingesting = new View(this::both);

  /** Held for reading by every change, for writing while the generations change. */
  private final ReentrantReadWriteLock changing = new ReentrantReadWriteLock();

  private volatile Generation current;
  private volatile Optional<Generation> next = Optional.empty();
  private volatile boolean closed;

  private LiveIndex(IndexGenerations generations) {
    this.generations = generations;
    IndexGenerations.Opened opened = generations.openCurrent();
    this.verifiedWhenOpened = opened.verified();
    this.current = new Generation(opened.generation(), opened.index());
  }

  /**
   * Opens the current generation as {@link IndexGenerations#openCurrent} does, with its errors.
   * What is left of a rebuild that was not completed is kept for {@link #rebuild}.
   */
  public static LiveIndex open(IndexGenerations generations) {
    return new LiveIndex(generations);
  }

  /** For questions and listings; a snapshot shows the current generation. */
  public KnowledgeIndex answering() {
    return answering;
  }

  /** For ingest; a snapshot shows what is known of either generation. */
  public KnowledgeIndex ingesting() {
    return ingesting;
  }

  /** Number of the generation that answers. */
  public int generation() {
    return current.number();
  }

  /** Number of the generation that is being filled. */
  public Optional<Integer> building() {
    return next.map(Generation::number);
  }

  /** Result of opening the current generation; see {@link IndexGenerations.Opened}. */
  public Optional<Verification> verifiedWhenOpened() {
    return verifiedWhenOpened;
  }

  /** Of both generations. */
  @Override
  public Verification verify() throws InterruptedException {
    Verification answers = current.verify();
    Optional<Generation> filled = next;
    if (filled.isEmpty()) {
      return answers;
    }
    Verification builds = filled.get().verify();
    return new Verification(
        answers.bytes() + builds.bytes(),
        Stream.concat(answers.damage().stream(), builds.damage().stream()).toList(),
        answers.aside().or(builds::aside));
  }

  @Override
  public int left(DocumentId document) throws InterruptedException {
    Optional<Generation> filled = next;
    return current.left(document) + (filled.isPresent() ? filled.get().left(document) : 0);
  }

  @Override
  public void expunge() throws InterruptedException {
    Optional<Generation> filled = next;
    if (filled.isPresent()) {
      filled.get().expunge();
    }
    current.expunge();
  }

  /**
   * Makes everything anew if any document of the current generation needs it: opens the next
   * generation, or the one that an interrupted rebuild left. If nothing needs it, what is left of
   * one is deleted. To be called once, before anything is changed.
   *
   * @param upToDate whether a document was made with the present versions of everything
   * @return whether a generation is being filled from now on
   */
  public boolean rebuild(Predicate<DocumentMeta> upToDate) throws InterruptedException {
    boolean needed;
    try (KnowledgeIndex.Snapshot snapshot = answering.snapshot();
        Stream<DocumentMeta> documents = snapshot.documents()) {
      needed = !documents.allMatch(upToDate);
    }
    if (!needed) {
      generations.deleteOthers();
      return false;
    }
    IndexGenerations.Opened opened = generations.openUnfinished();
    next = Optional.of(new Generation(opened.generation(), opened.index()));
    LOG.info(
        "Documents were made with other versions than the present ones. Generation {} of the index"
            + " is made beside the present one, which answers until it is complete.",
        opened.generation());
    return true;
  }

  /**
   * Lets the next generation answer if it is complete: it holds every document of the current one,
   * each up to date. The old one is deleted once the last question asked of it is answered.
   *
   * @return whether it answers now, or did before
   */
  public boolean switchIfComplete(Predicate<DocumentMeta> upToDate) throws InterruptedException {
    changing.writeLock().lockInterruptibly();
    try {
      if (next.isEmpty() || closed) {
        return next.isEmpty();
      }
      Generation filled = next.get();
      if (!isComplete(filled, upToDate)) {
        return false;
      }
      filled.index().commit(epoch(filled));
      generations.promote(filled.number());
      Generation old = current;
      current = filled;
      next = Optional.empty();
      old.retire(() -> generations.delete(old.number()));
      LOG.info("Generation {} of the index is complete and answers.", filled.number());
      return true;
    } finally {
      changing.writeLock().unlock();
    }
  }

  private boolean isComplete(Generation filled, Predicate<DocumentMeta> upToDate)
      throws InterruptedException {
    Set<DocumentId> done;
    try (KnowledgeIndex.Snapshot snapshot = filled.index().snapshot();
        Stream<DocumentMeta> documents = snapshot.documents()) {
      done = documents.filter(upToDate).map(DocumentMeta::id).collect(Collectors.toSet());
    }
    try (KnowledgeIndex.Snapshot snapshot = answering.snapshot();
        Stream<DocumentMeta> documents = snapshot.documents()) {
      return documents.map(DocumentMeta::id).allMatch(done::contains);
    }
  }

  /**
   * Holds the last commits for a copy of them.
   *
   * @param meanwhile runs while no change and no commit does: what it copies elsewhere belongs to
   *     the commits that are held. Questions are answered.
   */
  public HeldIndex hold(Runnable meanwhile) throws InterruptedException {
    changing.writeLock().lockInterruptibly();
    HeldIndex held = new HeldIndex(generations.folder(), current.number());
    boolean done = false;
    try {
      if (closed) {
        throw new IndexClosed(new IllegalStateException("close() was called"));
      }
      current.hold(held);
      if (next.isPresent()) {
        next.get().hold(held);
      }
      meanwhile.run();
      done = true;
      return held;
    } finally {
      changing.writeLock().unlock();
      if (!done) {
        held.close();
      }
    }
  }

  private static long epoch(Generation generation) throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = generation.index().snapshot()) {
      return snapshot.epoch();
    }
  }

  private KnowledgeIndex.Snapshot current(Generation.Look look) throws InterruptedException {
    while (!closed) {
      Optional<KnowledgeIndex.Snapshot> snapshot = current.snapshot(look);
      if (snapshot.isPresent()) {
        return snapshot.get();
      }
    }
    throw new IndexClosed(new IllegalStateException("close() was called"));
  }

  private KnowledgeIndex.Snapshot both(Generation.Look look) throws InterruptedException {
    changing.readLock().lockInterruptibly();
    try {
      KnowledgeIndex.Snapshot now = current(look);
      Optional<KnowledgeIndex.Snapshot> later = Optional.empty();
      try {
        later = next.isPresent() ? next.get().snapshot(look) : Optional.empty();
      } finally {
        if (next.isPresent() && later.isEmpty()) {
          now.close();
        }
      }
      return later.isPresent() ? new BothGenerations(now, later.get()) : now;
    } finally {
      changing.readLock().unlock();
    }
  }

  private interface Change {
    void on(KnowledgeIndex index) throws InterruptedException;
  }

  private void change(Change toNext, Change toCurrent) throws InterruptedException {
    changing.readLock().lockInterruptibly();
    try {
      if (next.isPresent()) {
        toNext.on(next.get().index());
      }
      toCurrent.on(current.index());
    } finally {
      changing.readLock().unlock();
    }
  }

  /** A document of which the current generation holds this very content is only made anew. */
  private void replace(DocumentMeta document, List<EmbeddedPassage> passages)
      throws InterruptedException {
    change(
        index -> index.replace(document, passages),
        index -> {
          boolean anew =
              next.isPresent()
                  && held(index, document.id())
                      .filter(held -> held.sha256().equals(document.sha256()))
                      .isPresent();
          if (!anew) {
            index.replace(document, passages);
          }
        });
  }

  /** The current generation's passages stay what they were made with. */
  private void describe(DocumentId document, UnaryOperator<DocumentMeta> described)
      throws InterruptedException {
    change(
        index -> index.describe(document, described),
        index ->
            index.describe(
                document,
                next.isPresent() ? held -> versionOf(held, described.apply(held)) : described));
  }

  private static Optional<DocumentMeta> held(KnowledgeIndex index, DocumentId id)
      throws InterruptedException {
    try (KnowledgeIndex.Snapshot snapshot = index.snapshot()) {
      return Optional.ofNullable(snapshot.documents(Set.of(id)).get(id));
    }
  }

  private static DocumentMeta versionOf(DocumentMeta held, DocumentMeta said) {
    return new DocumentMeta(
        said.id(),
        said.source(),
        said.path(),
        said.mediaType(),
        said.size(),
        said.modifiedAt(),
        held.sha256(),
        held.fingerprint(),
        said.labels());
  }

  /** Closes both generations; a rebuild goes on after the next {@link #open}. */
  @Override
  public void close() {
    changing.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        next.ifPresent(generation -> generation.retire(() -> {}));
        current.retire(() -> {});
      }
    } finally {
      changing.writeLock().unlock();
    }
  }

  private interface Looking {
    KnowledgeIndex.Snapshot take(Generation.Look look) throws InterruptedException;
  }

  /** The same writes for everybody, and a look of one's own. */
  private final class View implements KnowledgeIndex {
    private final Looking looking;

    View(Looking looking) {
      this.looking = looking;
    }

    @Override
    public void replace(DocumentMeta document, List<EmbeddedPassage> passages)
        throws InterruptedException {
      LiveIndex.this.replace(document, passages);
    }

    @Override
    public void describe(DocumentId document, UnaryOperator<DocumentMeta> described)
        throws InterruptedException {
      LiveIndex.this.describe(document, described);
    }

    @Override
    public void remove(DocumentId document) throws InterruptedException {
      change(index -> index.remove(document), index -> index.remove(document));
    }

    /** The next generation first: what answers is never ahead of what will. */
    @Override
    public void commit(long epoch) throws InterruptedException {
      change(index -> index.commit(epoch), index -> index.commit(epoch));
    }

    @Override
    public Snapshot snapshot() throws InterruptedException {
      return looking.take(KnowledgeIndex::snapshot);
    }

    @Override
    public Snapshot snapshotOf(Set<DocumentId> documents, Set<TextHash> texts)
        throws InterruptedException {
      return looking.take(index -> index.snapshotOf(documents, texts));
    }

    /** The generations are closed with {@link LiveIndex#close}. */
    @Override
    public void close() {}
  }
}
