package dev.zhiku.answering.search;

import java.util.Locale;

/**
 * The one who asks, as limits, histories and the record of changes know him.
 *
 * @param id what tells one of a kind from the others, without any secret in it; empty where there
 *     is only one
 * @param speaker id of the key of the application that speaks for him, or {@link #PROXY}; empty if
 *     he speaks for himself. Names that different applications give are different principals.
 */
public record Principal(Kind kind, String id, String speaker) {
  /** The speaker for whoever a trusted proxy has signed in. */
  public static final String PROXY = "proxy";

  /** Programs of this machine, and whoever sits at it. */
  public static final Principal MACHINE = new Principal(Kind.MACHINE, "");

  /** Whoever has not said who he is. */
  public static final Principal NOBODY = new Principal(Kind.NOBODY, "");

  /** One who speaks for himself. */
  public Principal(Kind kind, String id) {
    this(kind, id, "");
  }

  /** The kinds of those who ask. */
  public enum Kind {
    /** This machine, directly. */
    MACHINE,
    /** A person by name, on any of his devices. */
    PERSON,
    /** An application by a key of its own. */
    KEY,
    /** The profile of a browser that was signed in with a key that several share. */
    BROWSER,
    /** A program with a key that several share: nobody in particular. */
    SHARED_KEY,
    /** Nobody yet. */
    NOBODY
  }

  /** What the log and the record of changes call him, such as {@code key:k_3f…}. */
  public String name() {
    String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    String name = id.isEmpty() ? word : word + ":" + id;
    return speaker.isEmpty() ? name : name + " by " + speakerName();
  }

  /** What the log calls the one that speaks for him; empty if he speaks for himself. */
  public String speakerName() {
    return speaker.isEmpty() || speaker.equals(PROXY) ? speaker : "key:" + speaker;
  }

  /** Whether what is kept for him is seen by one asker alone: a shared key stands for many. */
  public boolean isIndividual() {
    return kind != Kind.SHARED_KEY && kind != Kind.NOBODY;
  }
}
