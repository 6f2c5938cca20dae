package dev.zhiku.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Filter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccessRulesTest {
  private static final Principal ANNA = new Principal(Principal.Kind.PERSON, "p_anna");
  private static final Principal BERT = new Principal(Principal.Kind.PERSON, "p_bert");
  private static final String ADMIN = "machine";

  private final InMemoryAccessStore store = new InMemoryAccessStore();
  private final AccessRules rules = new AccessRules(store, Clock.systemUTC());

  private static AccessRule allow(String subject, String source, String path) {
    return new AccessRule(subject, true, source, path);
  }

  private static AccessRule deny(String subject, String source, String path) {
    return new AccessRule(subject, false, source, path);
  }

  private static DocumentMeta document(String source, String path) {
    return new DocumentMeta(
        DocumentId.random(),
        source,
        path,
        "text/plain",
        1,
        Instant.EPOCH,
        "0".repeat(64),
        "1",
        Set.of());
  }

  private boolean sees(Principal who, String source, String path) {
    return rules.visible(who, Role.READER).accepts(document(source, path));
  }

  @Test
  void without_a_rule_everybody_sees_everything() {
    assertThat(rules.visible(ANNA, Role.READER)).isEqualTo(new Filter.All());
  }

  @Test
  void with_the_first_rule_nobody_but_administrators_sees_what_is_not_allowed() {
    rules.rules(List.of(allow("person:p_anna", "legal", "deeds/**")), ADMIN);

    assertThat(sees(ANNA, "legal", "deeds/a.txt")).isTrue();
    assertThat(sees(ANNA, "legal", "deeds/x/y.txt")).isTrue();
    assertThat(sees(ANNA, "legal", "deeds.txt")).isFalse();
    assertThat(sees(ANNA, "legal", "deedsx/a.txt")).isFalse();
    assertThat(sees(ANNA, "hr", "deeds/a.txt")).isFalse();
    assertThat(rules.visible(BERT, Role.READER)).isEqualTo(new Filter.None());
    assertThat(rules.visible(BERT, Role.UPLOADER)).isEqualTo(new Filter.None());
    assertThat(rules.visible(BERT, Role.ADMIN)).isEqualTo(new Filter.All());
  }

  @Test
  void what_is_denied_is_hidden_whoever_allows_it() {
    rules.rules(
        List.of(
            deny("everyone", "*", "secret/**"),
            allow("person:p_anna", "hr", "**"),
            deny("person:p_anna", "hr", "pay.xlsx")),
        ADMIN);

    assertThat(sees(ANNA, "hr", "a.txt")).isTrue();
    assertThat(sees(ANNA, "hr", "secret/a.txt")).isFalse();
    assertThat(sees(ANNA, "hr", "pay.xlsx")).isFalse();
    assertThat(sees(ANNA, "hr", "old/pay.xlsx")).isTrue();
  }

  @Test
  void groups_and_everyone_are_asked_too() {
    rules.groups(Map.of("lawyers", List.of("person:p_anna")), ADMIN);
    rules.rules(
        List.of(allow("group:lawyers", "legal", "**"), allow("everyone", "news", "**")), ADMIN);

    assertThat(sees(ANNA, "legal", "a")).isTrue();
    assertThat(sees(BERT, "legal", "a")).isFalse();
    assertThat(sees(BERT, "news", "a")).isTrue();
    assertThat(rules.groupsOf(ANNA, Role.READER)).containsExactly("lawyers");

    rules.groups(Map.of(), ADMIN);
    assertThat(sees(ANNA, "legal", "a")).isFalse();
  }

  @Test
  void a_browser_is_also_the_key_that_it_was_signed_in_with_and_a_user_not_his_application() {
    rules.rules(
        List.of(allow("shared-key:reader", "news", "**"), allow("key:k_1", "api", "**")), ADMIN);

    Principal browser = new Principal(Principal.Kind.BROWSER, "b_1");
    assertThat(sees(browser, "news", "a")).isTrue();
    assertThat(sees(new Principal(Principal.Kind.KEY, "k_1"), "api", "a")).isTrue();
    assertThat(sees(new Principal(Principal.Kind.PERSON, "u", "k_1"), "api", "a")).isFalse();
  }

  @Test
  void only_changes_are_kept_with_who_made_them() {
    AccessRule one = allow("everyone", "a", "**");
    rules.rules(List.of(one, one), "key:k_1");
    rules.rules(List.of(one), "key:k_1");
    rules.rules(List.of(deny("everyone", "a", "x/**")), "key:k_2");
    rules.groups(Map.of("g", List.of("key:k_1")), "key:k_3");
    rules.groups(Map.of(), "key:k_3");

    assertThat(rules.changes(9).reversed())
        .extracting(change -> change.who() + " " + change.what() + " " + change.detail())
        .containsExactly(
            "key:k_1 rule-added allow everyone a **",
            "key:k_2 rule-removed allow everyone a **",
            "key:k_2 rule-added deny everyone a x/**",
            "key:k_3 group-changed +key:k_1",
            "key:k_3 group-removed -key:k_1");
    assertThat(new AccessRules(store, Clock.systemUTC()).state()).isEqualTo(rules.state());
  }

  @Test
  void more_rules_than_one_query_can_hold_are_refused() {
    List<AccessRule> many =
        IntStream.rangeClosed(0, AccessRules.MAX_RULES)
            .mapToObj(i -> allow("everyone", "s" + i, "**"))
            .toList();

    assertThatExceptionOfType(Problem.class).isThrownBy(() -> rules.rules(many, ADMIN));
    assertThat(rules.state().rules()).isEmpty();
  }

  @Test
  void a_path_is_a_file_or_a_folder_with_all_below_it() {
    assertThat(List.of("**", "a", "a/**", "人事/手册.pdf", "a b/c.d/**")).allMatch(AccessRule::isPath);
    assertThat(List.of("", "/a", "a/", "/**", "*", "a*", "a/*", "a/**/b", "a\\b", "***", "a//**"))
        .noneMatch(AccessRule::isPath);
  }

  @Test
  void random_rules_show_what_a_plain_reading_of_them_shows() {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      RandomRules made = new RandomRules(random);
      rules.rules(made.rules(random.nextInt(14)), ADMIN);
      rules.groups(made.groups(), ADMIN);
      for (Principal who : RandomRules.PRINCIPALS) {
        Filter visible = rules.visible(who, Role.READER);
        List<DocumentMeta> surprises = new ArrayList<>();
        for (DocumentMeta one : made.documents()) {
          boolean expected = PlainRules.show(rules.state(), who.name(), one.source(), one.path());
          if (visible.accepts(one) != expected
              || visible.simplest().accepts(one) != expected
              || (expected && !visible.reaches(one.source()))) {
            surprises.add(one);
          }
        }
        assertThat(surprises).as("%s by %s, seed %s", who, rules.state(), seed).isEmpty();
      }
    }
  }

  /** Small names, so that rules and documents meet. */
  private record RandomRules(Random random) {
    static final List<Principal> PRINCIPALS =
        List.of(
            ANNA,
            BERT,
            new Principal(Principal.Kind.KEY, "k_1"),
            new Principal(Principal.Kind.PERSON, "u", "k_1"));
    private static final List<String> SOURCES = List.of("one", "two", "three");
    private static final List<String> PARTS = List.of("a", "b", "ab");

    List<AccessRule> rules(int count) {
      return IntStream.range(0, count)
          .mapToObj(
              i ->
                  new AccessRule(
                      subject(),
                      random.nextInt(4) > 0,
                      random.nextInt(4) == 0 ? "*" : pick(SOURCES),
                      path()))
          .toList();
    }

    private String subject() {
      return switch (random.nextInt(4)) {
        case 0 -> "everyone";
        case 1 -> "group:" + pick(PARTS);
        default -> pick(PRINCIPALS).name();
      };
    }

    private String path() {
      return switch (random.nextInt(4)) {
        case 0 -> "**";
        case 1 -> file();
        default -> folder() + "/**";
      };
    }

    private String folder() {
      return random.nextBoolean() ? pick(PARTS) : pick(PARTS) + "/" + pick(PARTS);
    }

    private String file() {
      return random.nextInt(4) == 0 ? pick(PARTS) : folder() + "/" + pick(PARTS);
    }

    Map<String, List<String>> groups() {
      return Map.of("a", List.of(pick(PRINCIPALS).name()), "b", List.of(pick(PRINCIPALS).name()));
    }

    List<DocumentMeta> documents() {
      return IntStream.range(0, 40).mapToObj(i -> document(pick(SOURCES), file())).toList();
    }

    private <T> T pick(List<T> some) {
      return some.get(random.nextInt(some.size()));
    }
  }

  @Test
  void a_source_added_while_the_service_runs_is_shown_by_a_rule_that_names_it_alone() {
    Set<String> added = new HashSet<>();
    AccessRules ours = new AccessRules(store, Clock.systemUTC(), () -> Set.copyOf(added));
    AccessRule everything = allow(AccessRule.EVERYONE, AccessRule.EVERY_SOURCE, "**");
    ours.rules(List.of(everything), ADMIN);
    DocumentMeta document = document("share", "a.txt");
    assertThat(ours.visible(ANNA, Role.READER).accepts(document)).isTrue();

    added.add("share");

    assertThat(ours.visible(ANNA, Role.READER).accepts(document)).isFalse();
    assertThat(ours.visible(ANNA, Role.READER).reaches("share")).isFalse();
    assertThat(ours.means(everything, "share", "a.txt")).isFalse();
    assertThat(ours.visible(ANNA, Role.READER).accepts(document("own", "a.txt"))).isTrue();
    assertThat(ours.visible(ANNA, Role.ADMIN).accepts(document)).isTrue();

    ours.rules(List.of(everything, allow(ANNA.name(), "share", "**")), ADMIN);
    assertThat(ours.visible(ANNA, Role.READER).accepts(document)).isTrue();
    assertThat(ours.visible(BERT, Role.READER).accepts(document)).isFalse();
    ours.rules(List.of(allow(ANNA.name(), "share", "**"), deny(ANNA.name(), "*", "**")), ADMIN);
    assertThat(ours.visible(ANNA, Role.READER).accepts(document)).isFalse();
  }
}
