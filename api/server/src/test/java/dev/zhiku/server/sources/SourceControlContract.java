package dev.zhiku.server.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.source.Standing;
import dev.zhiku.server.sources.SourceControl.Managed;
import dev.zhiku.server.sources.SourceControl.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What everything does that manages sources; one of the configuration is there already. */
public abstract class SourceControlContract {
  /** Name of the source that the configuration has. */
  protected static final String CONFIGURED = "knowledge";

  @TempDir protected Path home;

  /** With a source {@link #CONFIGURED} in the folder {@code own}, and data in {@code data}. */
  protected abstract SourceControl sources() throws Exception;

  private Path folder(String name) throws IOException {
    return Files.createDirectories(home.resolve(name));
  }

  private static Managed named(SourceControl sources, String name) {
    return sources.list().stream()
        .filter(source -> source.config().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(SourceControl sources, SourceConfig wanted, String why) {
    assertThatThrownBy(() -> sources.add(wanted))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(ProblemCode.SOURCE_REFUSED);
              assertThat(problem.values().toString()).contains(why);
            });
    assertThat(sources.list()).extracting(s -> s.config().name()).doesNotContain(wanted.name());
  }

  @Test
  void a_source_that_is_added_stands_behind_the_others_and_is_watched() throws Exception {
    SourceControl sources = sources();

    Managed added = sources.add(SourceConfig.of("share", folder("share")));

    assertThat(added.origin()).isEqualTo(Origin.ADDED);
    assertThat(added.standing()).isEqualTo(Standing.WATCHED);
    assertThat(sources.list())
        .extracting(s -> s.config().name())
        .containsSubsequence(CONFIGURED, "share");
  }

  @Test
  void a_name_that_is_taken_is_refused() throws Exception {
    SourceControl sources = sources();

    assertThatThrownBy(() -> sources.add(SourceConfig.of(CONFIGURED, folder("share"))))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.SOURCE_EXISTS));
  }

  @Test
  void a_folder_that_cannot_be_a_source_is_refused_with_the_rule() throws Exception {
    SourceControl sources = sources();
    Path file = Files.writeString(home.resolve("file.txt"), "x");

    assertRefused(sources, SourceConfig.of("a", home.resolve("nowhere")), "is not there");
    assertRefused(sources, SourceConfig.of("b", file), "is a file");
    assertRefused(sources, SourceConfig.of("c", folder("own/inner")), "lies inside the source");
    assertRefused(sources, SourceConfig.of("d", folder("data/inner")), "data folder");
    assertRefused(sources, SourceConfig.of("e", home), "data folder");
    Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("own"));
    assertRefused(sources, SourceConfig.of("f", link), "lies inside the source");
  }

  @Test
  void a_folder_around_another_source_is_refused() throws Exception {
    SourceControl sources = sources();
    sources.add(SourceConfig.of("deep", folder("wide/deep")));

    assertRefused(sources, SourceConfig.of("wide", home.resolve("wide")), "holds the source");
  }

  @Test
  void any_source_is_held_and_resumed() throws Exception {
    SourceControl sources = sources();

    assertThat(sources.hold(CONFIGURED).standing()).isEqualTo(Standing.HELD);
    assertThat(named(sources, CONFIGURED).standing()).isEqualTo(Standing.HELD);
    assertThat(sources.resume(CONFIGURED).standing()).isEqualTo(Standing.WATCHED);
    assertThat(named(sources, CONFIGURED).standing()).isEqualTo(Standing.WATCHED);
  }

  @Test
  void a_removal_waits_for_its_confirmation_and_can_be_taken_back() throws Exception {
    SourceControl sources = sources();
    sources.add(SourceConfig.of("share", folder("share")));

    assertThat(sources.remove("share", false)).isEmpty();
    assertThat(named(sources, "share").standing()).isEqualTo(Standing.LEAVING);
    assertThat(sources.resume("share").standing()).isEqualTo(Standing.WATCHED);
    assertThat(sources.remove("share", true)).isEqualTo(Optional.of(0));
    assertThat(sources.list()).extracting(s -> s.config().name()).doesNotContain("share");
  }

  @Test
  void a_source_of_the_configuration_is_not_removed() throws Exception {
    SourceControl sources = sources();

    assertThatThrownBy(() -> sources.remove(CONFIGURED, true))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.SOURCE_CONFIGURED));
  }

  @Test
  void a_source_that_nobody_knows_is_not_found() throws Exception {
    SourceControl sources = sources();

    for (String what : new String[] {"HOLD", "RESUME", "REMOVE"}) {
      assertThatThrownBy(() -> tell(sources, what.toLowerCase(Locale.ROOT)))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.code()).isEqualTo(ProblemCode.SOURCE_NOT_FOUND));
    }
  }

  private static void tell(SourceControl sources, String what) throws InterruptedException {
    switch (what) {
      case "hold" -> sources.hold("nobody");
      case "resume" -> sources.resume("nobody");
      default -> sources.remove("nobody", false);
    }
  }
}
