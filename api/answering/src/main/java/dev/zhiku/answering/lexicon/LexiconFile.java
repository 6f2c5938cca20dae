package dev.zhiku.answering.lexicon;

import dev.zhiku.answering.problem.AnsweringText;
import dev.zhiku.index.message.Phrase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's lexicon beside that of the language: a text file that is read again as soon
 * as it changes. What cannot be read changes nothing: the lexicon stays as it was and the problem
 * is told. Thread-safe.
 */
public final class LexiconFile implements Supplier<Lexicon> {
  private static final Logger LOG = LoggerFactory.getLogger(LexiconFile.class);

  /** Larger files are refused, in bytes. */
  static final long MOST_BYTES = 1_048_576;

  /** Problems that are told one by one; more are counted. */
  private static final int TOLD = 20;

  /** Mark that tells one state of the file from another. */
  private record Stamp(FileTime modifiedAt, long size) {
    private static final Stamp ABSENT = new Stamp(FileTime.fromMillis(0), -1);
  }

  private record State(Stamp stamp, Lexicon lexicon, List<Phrase> problems) {}

  private final Path file;
  private volatile State state = new State(Stamp.ABSENT, Lexicon.ofLanguage(), List.of());

  /**
   * @param file may be absent, and come and go
   */
  public LexiconFile(Path file) {
    this.file = file;
  }

  /** The lexicon of this moment. */
  @Override
  public Lexicon get() {
    Stamp stamp = stamp();
    return stamp.equals(state.stamp()) ? state.lexicon() : read(stamp).lexicon();
  }

  /** What is wrong with the file, by the number of the line. */
  public List<Phrase> problems() {
    get();
    return state.problems();
  }

  private Stamp stamp() {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(found.lastModifiedTime(), found.size());
    } catch (IOException e) {
      return Stamp.ABSENT;
    }
  }

  private synchronized State read(Stamp stamp) {
    if (stamp.equals(state.stamp())) {
      return state;
    }
    state = stamp.equals(Stamp.ABSENT) ? absent() : present(stamp);
    state
        .problems()
        .forEach(problem -> LOG.warn("{}: {}", file.getFileName(), problem.in(Locale.ENGLISH)));
    return state;
  }

  private State absent() {
    return new State(Stamp.ABSENT, Lexicon.ofLanguage(), List.of());
  }

  private State present(Stamp stamp) {
    if (stamp.size() > MOST_BYTES) {
      return kept(stamp, AnsweringText.of("words.too-large", stamp.size(), MOST_BYTES));
    }
    try {
      LexiconLines.Read read = LexiconLines.read(lines());
      LOG.info("{}: {} groups of words", file.getFileName(), read.lexicon().groups());
      Lexicon all = Lexicon.ofLanguage().with(read.lexicon());
      return new State(stamp, all, told(read.bad()));
    } catch (NoSuchFileException e) {
      return absent();
    } catch (CharacterCodingException e) {
      return kept(stamp, AnsweringText.of("words.not-utf8"));
    } catch (IOException e) {
      return kept(stamp, AnsweringText.of("words.unreadable", e.getClass().getSimpleName()));
    }
  }

  private State kept(Stamp stamp, Phrase why) {
    return new State(stamp, state.lexicon(), List.of(why));
  }

  private List<String> lines() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    return text.lines().toList();
  }

  private static List<Phrase> told(List<LexiconLines.BadLine> bad) {
    List<Phrase> problems = new ArrayList<>();
    bad.stream()
        .limit(TOLD)
        .map(line -> AnsweringText.of(line.fault().key(), line.number(), limit(line.fault())))
        .forEach(problems::add);
    if (bad.size() > TOLD) {
      problems.add(AnsweringText.of("words.more", bad.size() - TOLD));
    }
    return problems;
  }

  private static int limit(LexiconLines.Fault fault) {
    return switch (fault) {
      case TOO_LONG -> LexiconLines.LONGEST_WORD;
      case TOO_MANY_WORDS -> LexiconLines.MOST_WORDS;
      case TOO_MANY_LINES -> LexiconLines.MOST_LINES;
      case EMPTY_WORD, SAME_WORD, TOO_SHORT -> 2;
    };
  }
}
