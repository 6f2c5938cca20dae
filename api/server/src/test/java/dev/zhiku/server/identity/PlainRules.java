package dev.zhiku.server.identity;

import java.util.List;

/** What rules show, read one after the other, part by part of a path: slow and plain. */
public final class PlainRules {
  private PlainRules() {}

  /** Whether somebody who is no administrator sees a file. */
  public static boolean show(AccessStore.State state, String who, String source, String path) {
    if (state.rules().isEmpty()) {
      return true;
    }
    boolean allowed = false;
    for (AccessRule rule : state.rules()) {
      if (isMeant(state, rule.subject(), who)
          && (rule.source().equals("*") || rule.source().equals(source))
          && isBelow(rule.path(), path)) {
        if (!rule.allows()) {
          return false;
        }
        allowed = true;
      }
    }
    return allowed;
  }

  private static boolean isMeant(AccessStore.State state, String subject, String who) {
    if (subject.startsWith("group:")) {
      return state.groups().getOrDefault(subject.substring(6), List.of()).contains(who);
    }
    return subject.equals("everyone") || subject.equals(who);
  }

  private static boolean isBelow(String pattern, String path) {
    List<String> wanted = List.of(pattern.split("/", -1));
    List<String> parts = List.of(path.split("/", -1));
    if (!wanted.getLast().equals("**")) {
      return wanted.equals(parts);
    }
    int folders = wanted.size() - 1;
    return parts.size() > folders && parts.subList(0, folders).equals(wanted.subList(0, folders));
  }
}
