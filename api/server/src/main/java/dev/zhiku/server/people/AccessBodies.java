package dev.zhiku.server.people;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.identity.AccessRule;
import dev.zhiku.server.identity.AccessRules;
import dev.zhiku.server.identity.Subjects;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The bodies that rules and groups are read from, and their reading. */
final class AccessBodies {
  private static final int MAX_SOURCE = 200;
  private static final int MAX_PATH = 4_096;

  private final Subjects subjects;

  AccessBodies(Subjects subjects) {
    this.subjects = subjects;
  }

  /** All rules there shall be. */
  @Schema(name = "NewRules")
  @Serdeable
  record RulesBody(List<RuleBody> items) {}

  /**
   * A rule.
   *
   * @param subject name of a person, group:NAME, everyone, or a principal such as key:ID
   * @param effect allow (the default), or deny, which wins
   * @param source name of a source, or * (the default) for every one
   * @param path a file, a folder with all below it as folder/**, or ** (the default) for everything
   */
  @Schema(name = "NewRule")
  @Serdeable
  record RuleBody(
      String subject, @Nullable String effect, @Nullable String source, @Nullable String path) {}

  /** All groups there shall be. */
  @Schema(name = "NewGroups")
  @Serdeable
  record GroupsBody(List<GroupBody> items) {}

  /**
   * A group.
   *
   * @param members names of persons, or principals such as key:ID
   */
  @Schema(name = "NewGroup")
  @Serdeable
  record GroupBody(String name, List<String> members) {}

  List<AccessRule> rules(JsonFields body) {
    List<AccessRule> rules = new ArrayList<>();
    for (Value item : items(body, "items", AccessRules.MAX_RULES)) {
      rules.add(
          rule(
              JsonFields.of(item, "items", () -> ServerText.of("rule.objects"))
                  .only(RuleBody.class)));
    }
    return rules;
  }

  private AccessRule rule(JsonFields fields) {
    String subject =
        fields
            .text("subject", Subjects.MAX_CHARS)
            .flatMap(subjects::kept)
            .orElseThrow(() -> fields.refusal("subject", ServerText.of("rule.subject")));
    String effect = fields.text("effect").orElse("allow");
    if (!effect.equals("allow") && !effect.equals("deny")) {
      throw fields.refusal("effect", ServerText.of("rule.effect"));
    }
    String path = fields.text("path", MAX_PATH).orElse(AccessRule.EVERYTHING);
    if (!AccessRule.isPath(path)) {
      throw fields.refusal("path", ServerText.of("rule.access-path"));
    }
    String source =
        fields
            .text("source", MAX_SOURCE)
            .filter(name -> !name.isBlank())
            .orElse(AccessRule.EVERY_SOURCE);
    return new AccessRule(subject, effect.equals("allow"), source, path);
  }

  Map<String, List<String>> groups(JsonFields body) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Value item : items(body, "items", AccessRules.MAX_GROUPS)) {
      JsonFields fields =
          JsonFields.of(item, "items", () -> ServerText.of("rule.objects")).only(GroupBody.class);
      String name =
          fields
              .text("name", Subjects.MAX_CHARS)
              .filter(Subjects::isGroup)
              .filter(one -> !groups.containsKey(one))
              .orElseThrow(() -> fields.refusal("name", ServerText.of("rule.group")));
      groups.put(
          name,
          items(fields, "members", AccessRules.MAX_MEMBERS).stream()
              .map(member -> member(fields, member))
              .toList());
    }
    return groups;
  }

  private String member(JsonFields fields, Value value) {
    return subjects
        .kept(JsonFields.text(value, "members", Subjects.MAX_CHARS))
        .filter(kept -> !kept.equals(AccessRule.EVERYONE) && !kept.startsWith(AccessRule.GROUP))
        .orElseThrow(() -> fields.refusal("members", ServerText.of("rule.members")));
  }

  private static List<Value> items(JsonFields fields, String name, int most) {
    Phrase rule = ServerText.of("rule.list", most);
    return fields.items(name, most, () -> rule).orElseThrow(() -> fields.refusal(name, rule));
  }
}
