package dev.zhiku.server.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.server.identity.AccessRule;
import dev.zhiku.server.identity.AskerUsage;
import dev.zhiku.server.identity.Change;
import dev.zhiku.server.identity.Subjects;
import dev.zhiku.server.identity.Usage;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rules, groups and their changes as they are answered. */
final class AccessViews {
  private AccessViews() {}

  /** The rules. */
  @Schema(name = "Rules")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Rules(List<RuleView> items) {
    static Rules of(List<AccessRule> rules, Subjects subjects) {
      return new Rules(
          rules.stream()
              .map(
                  rule ->
                      new RuleView(
                          rule.subject(),
                          subjects.shown(rule.subject()),
                          rule.allows() ? "allow" : "deny",
                          rule.source(),
                          rule.path()))
              .toList());
    }
  }

  /**
   * A rule.
   *
   * @param subject whom it means, as it is kept; {@code PUT} takes it as it is
   * @param name what people call him
   * @param effect allow or deny
   */
  @Schema(name = "Rule")
  @Serdeable
  record RuleView(String subject, String name, String effect, String source, String path) {}

  /** The groups. */
  @Schema(name = "Groups")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Groups(List<GroupView> items) {
    static Groups of(Map<String, List<String>> groups, Subjects subjects) {
      return new Groups(
          new TreeMap<>(groups)
              .entrySet().stream()
                  .map(
                      group ->
                          new GroupView(
                              group.getKey(),
                              group.getValue(),
                              group.getValue().stream().map(subjects::shown).toList()))
                  .toList());
    }
  }

  /**
   * A group.
   *
   * @param members as they are kept; {@code PUT} takes them as they are
   * @param names what people call them, in the same order
   */
  @Schema(name = "Group")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record GroupView(String name, List<String> members, List<String> names) {}

  /**
   * What somebody may see.
   *
   * @param groups that he is in
   * @param everything whether nothing is hidden from him
   * @param documents how many he sees
   * @param usage what he has asked so far
   * @param rules that mean him, himself or by a group
   */
  @Schema(name = "Sight")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Sight(
      String subject,
      String name,
      String role,
      List<String> groups,
      boolean everything,
      long documents,
      UsageView usage,
      List<RuleView> rules) {}

  /**
   * Why somebody may see a document, or may not.
   *
   * @param reason administrator, no-rules, allowed, denied, not-allowed
   * @param rules that mean him and the document
   */
  @Schema(name = "SightReason")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Reason(boolean visible, String reason, String source, String path, List<RuleView> rules) {}

  /**
   * What an asker has used.
   *
   * @param promptTokens given to language models for him
   * @param completionTokens written by them
   * @param lastAskedAt when his last question came; null if none did
   */
  @Schema(name = "AskerUsage")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record UsageView(
      long questions, long promptTokens, long completionTokens, @Nullable Instant lastAskedAt) {
    static UsageView of(Usage usage) {
      return new UsageView(
          usage.questions(),
          usage.promptTokens(),
          usage.completionTokens(),
          usage.lastAskedAt().orElse(null));
    }
  }

  /** What askers have used. */
  @Schema(name = "AskersUsage")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Used(List<UsedView> items) {
    static Used of(List<AskerUsage.Used> used, Subjects subjects) {
      return new Used(
          used.stream()
              .map(
                  one ->
                      new UsedView(
                          one.asker(), subjects.called(one.asker()), UsageView.of(one.usage())))
              .toList());
    }
  }

  /**
   * What one asker has used.
   *
   * @param subject the principal
   * @param name what people call him
   */
  @Schema(name = "UsedByAsker")
  @Serdeable
  record UsedView(String subject, String name, UsageView usage) {}

  /** What was changed. */
  @Schema(name = "AccessChanges")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Changes(List<ChangeView> items) {
    static Changes of(List<Change> changes) {
      return new Changes(
          changes.stream()
              .map(c -> new ChangeView(c.at(), c.who(), c.what(), c.subject(), c.detail()))
              .toList());
    }
  }

  /**
   * A change.
   *
   * @param who the principal that made it
   * @param what such as rule-added, group-changed, person-removed, key-revoked
   * @param subject of the rule, or id of the key or person
   */
  @Schema(name = "AccessChange")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record ChangeView(Instant at, String who, String what, String subject, String detail) {}
}
