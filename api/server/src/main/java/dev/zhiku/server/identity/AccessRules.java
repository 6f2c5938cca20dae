package dev.zhiku.server.identity;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.index.Filter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Who may see what. Administrators see everything. Everybody else does until there is a first rule;
 * from then on whoever is no administrator sees what a rule allows him, a group of his or everyone,
 * and no other rule denies. A source that was added while the service ran is shown only by rules
 * that name it: who wrote a rule of every source before did not mean that one. Requests are judged
 * from memory; a change is durable before it is seen there, and seen there before the call returns.
 * Thread-safe.
 */
public final class AccessRules {
  /** Most rules: all that mean one asker become one query, which has room for a thousand parts. */
  public static final int MAX_RULES = 400;

  /** Most groups. */
  public static final int MAX_GROUPS = 1_000;

  /** Most members of all groups together. */
  public static final int MAX_MEMBERS = 50_000;

  private static final int MOST_REMEMBERED = 10_000;

  private final AccessStore store;
  private final Clock clock;
  private final Supplier<Set<String>> namedOnly;
  private volatile Judged judged;

  /** A state, with what it was asked for before. */
  private record Judged(
      AccessStore.State state, Map<String, Set<String>> groupsOf, Map<Asker, Filter> known) {
    static Judged of(AccessStore.State state) {
      Map<String, Set<String>> groupsOf = new HashMap<>();
      state
          .groups()
          .forEach(
              (group, members) ->
                  members.forEach(
                      member ->
                          groupsOf
                              .computeIfAbsent(member, name -> new LinkedHashSet<>())
                              .add(AccessRule.GROUP + group)));
      return new Judged(state, groupsOf, new ConcurrentHashMap<>());
    }
  }

  private record Asker(Principal principal, Role role, Set<String> namedOnly) {}

  /** Reads rules and groups from the store. */
  public AccessRules(AccessStore store, Clock clock) {
    this(store, clock, Set::of);
  }

  /**
   * The same.
   *
   * @param namedOnly names of sources that a rule shows only if it names them, as they are when it
   *     is asked
   */
  public AccessRules(AccessStore store, Clock clock, Supplier<Set<String>> namedOnly) {
    this.namedOnly = namedOnly;
    this.store = store;
    this.clock = clock;
    this.judged = Judged.of(store.state());
  }

  /** The documents that somebody may see. */
  public Filter visible(Principal principal, Role role) {
    Judged now = judged;
    if (role == Role.ADMIN || now.state().rules().isEmpty()) {
      return new Filter.All();
    }
    Asker asker = new Asker(principal, role, namedOnly.get());
    Filter known = now.known().get(asker);
    if (known != null) {
      return known;
    }
    Filter made = VisibleFilter.of(rulesOf(now, principal, role), asker.namedOnly());
    if (now.known().size() < MOST_REMEMBERED) {
      now.known().put(asker, made);
    }
    return made;
  }

  /** Whether a rule is about a file, whomever it means. */
  public boolean means(AccessRule rule, String source, String file) {
    return rule.means(source, file)
        && !(rule.allows()
            && rule.source().equals(AccessRule.EVERY_SOURCE)
            && namedOnly.get().contains(source));
  }

  /** The rules that mean somebody, himself or by a group. */
  public List<AccessRule> rulesOf(Principal principal, Role role) {
    return rulesOf(judged, principal, role);
  }

  private static List<AccessRule> rulesOf(Judged now, Principal principal, Role role) {
    Set<String> subjects = subjects(now, principal, role);
    return now.state().rules().stream().filter(rule -> subjects.contains(rule.subject())).toList();
  }

  /** The groups that somebody is in. */
  public List<String> groupsOf(Principal principal, Role role) {
    return subjects(judged, principal, role).stream()
        .filter(subject -> subject.startsWith(AccessRule.GROUP))
        .map(subject -> subject.substring(AccessRule.GROUP.length()))
        .toList();
  }

  /** All that somebody is; a browser is also what the key is that it was signed in with. */
  private static Set<String> subjects(Judged now, Principal principal, Role role) {
    Set<String> subjects = new LinkedHashSet<>();
    subjects.add(principal.name());
    if (principal.kind() == Principal.Kind.BROWSER) {
      subjects.add(new Principal(Principal.Kind.SHARED_KEY, role.wireName()).name());
    }
    for (String own : List.copyOf(subjects)) {
      subjects.addAll(now.groupsOf().getOrDefault(own, Set.of()));
    }
    subjects.add(AccessRule.EVERYONE);
    return subjects;
  }

  public AccessStore.State state() {
    return judged.state();
  }

  /**
   * Puts rules in place of those before.
   *
   * @param who name of the principal that wants it
   * @throws Problem {@code rules-too-many}, or they cannot be kept
   */
  public synchronized void rules(List<AccessRule> rules, String who) {
    List<AccessRule> wanted = List.copyOf(new LinkedHashSet<>(rules));
    if (wanted.size() > MAX_RULES) {
      throw new Problem(ProblemCode.RULES_TOO_MANY, MAX_RULES);
    }
    AccessStore.State before = judged.state();
    Instant now = clock.instant();
    List<Change> changes = new ArrayList<>();
    for (AccessRule rule : before.rules()) {
      if (!wanted.contains(rule)) {
        changes.add(new Change(now, who, "rule-removed", rule.subject(), rule.text()));
      }
    }
    for (AccessRule rule : wanted) {
      if (!before.rules().contains(rule)) {
        changes.add(new Change(now, who, "rule-added", rule.subject(), rule.text()));
      }
    }
    keep(new AccessStore.State(wanted, before.groups()), changes);
  }

  /**
   * Puts groups in place of those before.
   *
   * @param groups names of members by the name of the group
   * @param who name of the principal that wants it
   * @throws Problem {@code rules-too-many}, or they cannot be kept
   */
  public synchronized void groups(Map<String, List<String>> groups, String who) {
    Map<String, List<String>> wanted = new TreeMap<>();
    groups.forEach((name, members) -> wanted.put(name, List.copyOf(new LinkedHashSet<>(members))));
    if (wanted.size() > MAX_GROUPS) {
      throw new Problem(ProblemCode.RULES_TOO_MANY, MAX_GROUPS);
    }
    if (wanted.values().stream().mapToInt(List::size).sum() > MAX_MEMBERS) {
      throw new Problem(ProblemCode.RULES_TOO_MANY, MAX_MEMBERS);
    }
    AccessStore.State before = judged.state();
    Instant now = clock.instant();
    List<Change> changes = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>(before.groups().keySet());
    names.addAll(wanted.keySet());
    for (String name : names) {
      List<String> was = before.groups().getOrDefault(name, List.of());
      List<String> is = wanted.getOrDefault(name, List.of());
      if (!was.equals(is) || before.groups().containsKey(name) != wanted.containsKey(name)) {
        changes.add(new Change(now, who, changed(name, wanted), name, difference(was, is)));
      }
    }
    keep(new AccessStore.State(before.rules(), wanted), changes);
  }

  private static String changed(String name, Map<String, List<String>> wanted) {
    return wanted.containsKey(name) ? "group-changed" : "group-removed";
  }

  private static String difference(List<String> was, List<String> is) {
    StringBuilder text = new StringBuilder();
    was.stream().filter(one -> !is.contains(one)).forEach(one -> text.append(" -").append(one));
    is.stream().filter(one -> !was.contains(one)).forEach(one -> text.append(" +").append(one));
    return text.toString().strip();
  }

  private void keep(AccessStore.State state, List<Change> changes) {
    if (!changes.isEmpty()) {
      store.save(state, changes);
    }
    judged = Judged.of(state);
  }

  /**
   * The last changes of keys, persons, rules and groups, newest first.
   *
   * @param most of them
   */
  public List<Change> changes(int most) {
    return store.changes(most);
  }
}
