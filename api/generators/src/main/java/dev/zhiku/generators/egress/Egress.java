package dev.zhiku.generators.egress;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The count of everything that this process tried to send to another one, by host and purpose,
 * since it began. Thread-safe.
 */
public final class Egress {
  /** Beyond so many hosts the further ones are counted together. */
  static final int MOST_HOSTS = 1_000;

  /** Name of all hosts beyond {@link #MOST_HOSTS}. */
  static final String OTHERS = "others";

  private static final Egress OF_PROCESS = new Egress();

  private final Map<Place, Counts> places = new ConcurrentHashMap<>();

  Egress() {}

  /** Why something is sent. */
  public enum Purpose {
    /** Questions and passages to a model that writes, and whether it is there. */
    MODEL,
    /** Texts to a model that embeds. */
    EMBEDDING,
    /** Model files, fetched. */
    DOWNLOAD,
    /** The head of the audit log. */
    AUDIT_HEAD,
    /** Word of what is wrong. */
    ALARM,
    /** Word of what happened. */
    WEBHOOK;

    /** Name on the wire. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private record Place(String host, Purpose purpose) {}

  private record Counts(LongAdder attempts, LongAdder refused) {}

  /**
   * What went to a host.
   *
   * @param attempts requests and messages, those included that were refused or reached nobody
   * @param refused attempts that the rules of this service let send nothing
   */
  public record Sent(String host, Purpose purpose, long attempts, long refused) {}

  /** The count of this process. */
  public static Egress ofProcess() {
    return OF_PROCESS;
  }

  /** By host and purpose; whatever was never tried is not in it. */
  public List<Sent> sent() {
    return places.entrySet().stream()
        .map(
            entry ->
                new Sent(
                    entry.getKey().host(),
                    entry.getKey().purpose(),
                    entry.getValue().attempts().sum(),
                    entry.getValue().refused().sum()))
        .sorted(Comparator.comparing(Sent::host).thenComparing(Sent::purpose))
        .toList();
  }

  /** Attempts of one purpose to all hosts together. */
  public long attempts(Purpose purpose) {
    return places.entrySet().stream()
        .filter(entry -> entry.getKey().purpose() == purpose)
        .mapToLong(entry -> entry.getValue().attempts().sum())
        .sum();
  }

  /** Whether an attempt may be made, asked before it is. */
  @FunctionalInterface
  interface Check<T> {
    /** What the rules say of it. */
    T run() throws IOException;
  }

  /**
   * Counts an attempt.
   *
   * @param rule refuses it by throwing
   */
  <T> T attempt(String host, Purpose purpose, Check<T> rule) throws IOException {
    Counts counts = counts(host.toLowerCase(Locale.ROOT), purpose);
    counts.attempts().increment();
    try {
      return rule.run();
    } catch (IOException e) {
      counts.refused().increment();
      throw e;
    }
  }

  private Counts counts(String host, Purpose purpose) {
    Place place = new Place(host, purpose);
    Place counted =
        places.containsKey(place) || places.size() < MOST_HOSTS
            ? place
            : new Place(OTHERS, purpose);
    return places.computeIfAbsent(counted, nobody -> new Counts(new LongAdder(), new LongAdder()));
  }
}
