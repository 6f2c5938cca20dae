package dev.zhiku.generators.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.generators.egress.Download;
import dev.zhiku.generators.testing.PromisedTime;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class GgufStoreTest {
  private static final byte[] MODEL = FakeHub.gguf(20261121, 3_000_000);
  private static final String SUM = FakeHub.sha256(MODEL);
  private static final String NAME = "tiny-Q4_K_M.gguf";

  @TempDir private Path data;
  private final PullProgress progress = new PullProgress();
  private long free = 1L << 40;
  private FakeHub hub = start();

  private static FakeHub start() {
    try {
      return FakeHub.serving(MODEL);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void nothing_is_there() {
    assertThat(data.resolve("models")).doesNotExist();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private GgufStore store(int resumes) {
    return store(resumes, Duration.ofMinutes(2));
  }

  private GgufStore store(int resumes, Duration idle) {
    return new GgufStore(
        new GgufFolder(data),
        new ModelSpace(() -> free, 1_000),
        new Download(idle, List.of("127.0.0.1")),
        Map.of(Hub.HUGGINGFACE, hub.home(), Hub.MODELSCOPE, hub.home()),
        resumes);
  }

  private void fetch(String... sha256) throws IOException, InterruptedException {
    try (GgufStore store = store(3)) {
      store.fetch(hub.file(), Stream.of(sha256).findFirst(), progress);
    }
  }

  private Problem refused(String... sha256) {
    Problem problem = catchThrowableOfType(Problem.class, () -> fetch(sha256));
    assertThat(problem).isNotNull();
    return problem;
  }

  private List<String> files() throws IOException {
    if (Files.notExists(data.resolve("models"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(data.resolve("models"))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private void requireWhole() throws IOException {
    assertThat(files()).containsExactly(NAME, NAME + ".sha256");
    assertThat(Files.readAllBytes(data.resolve("models/" + NAME))).isEqualTo(MODEL);
    assertThat(data.resolve("models/" + NAME + ".sha256")).hasContent(SUM + " *" + NAME);
  }

  @Test
  void a_model_comes_through_a_redirect_and_is_compared_with_the_sum_that_the_hub_names()
      throws Exception {
    hub.redirect = Optional.of("/cdn/blob");

    fetch();

    requireWhole();
    assertThat(progress.state())
        .isEqualTo(
            new PullProgress.State(PullProgress.Phase.VERIFYING, MODEL.length, MODEL.length));
    assertThat(new GgufFolder(data).find("tiny-Q4_K_M"))
        .hasValueSatisfying(
            model -> {
              assertThat(model.sha256()).contains(SUM);
              assertThat(model.quantization()).contains("Q4_K_M");
              assertThat(model.bytes()).isEqualTo(MODEL.length);
            });
  }

  @Test
  void a_download_that_is_cut_goes_on_where_it_ended() throws Exception {
    hub.cuts.set(2);

    fetch();

    requireWhole();
    assertThat(hub.ranges).hasSize(3).first().isEqualTo("null");
    assertThat(hub.ranges.subList(1, 3)).allMatch(range -> range.matches("bytes=[1-9]\\d+-"));
  }

  @Test
  void a_download_that_was_stopped_goes_on_later_with_what_had_come() throws Exception {
    hub.hangAfter = 1_000_000;
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread first =
        Thread.ofPlatform()
            .start(
                () ->
                    ended.set(
                        catchThrowable(
                            () -> store(3).fetch(hub.file(), Optional.empty(), progress))));
    assertThat(hub.hanging.await(60, TimeUnit.SECONDS)).isTrue();
    while (progress.state().completed() < 1_000_000) {
      Thread.sleep(5);
    }
    first.interrupt();
    first.join();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    assertThat(files()).containsExactly(NAME + ".part", NAME + ".part.properties");
    hub.hangAfter = -1;

    fetch();

    requireWhole();
    assertThat(hub.ranges).last().isEqualTo("bytes=1000000-");
  }

  @Test
  void a_file_that_changed_on_the_hub_in_the_meantime_begins_anew() throws Exception {
    byte[] other = FakeHub.gguf(7, MODEL.length);
    hub.content = other;
    hub.cuts.set(1);
    Problem cut = catchThrowableOfType(Problem.class, () -> fetchOnce());
    assertThat(cut.code()).isEqualTo(ProblemCode.MODEL_SOURCE_UNAVAILABLE);
    hub.content = MODEL;

    fetch();

    requireWhole();
  }

  private void fetchOnce() throws IOException, InterruptedException {
    try (GgufStore store = store(0)) {
      store.fetch(hub.file(), Optional.empty(), progress);
    }
  }

  @Test
  void a_file_with_another_sum_is_refused_and_not_kept() throws Exception {
    hub.announcedSum = Optional.of(FakeHub.sha256(new byte[1]));

    assertThat(refused().code()).isEqualTo(ProblemCode.CHECKSUM_MISMATCH);
    assertThat(files()).isEmpty();
  }

  @Test
  void one_flipped_byte_is_enough_to_be_refused() throws Exception {
    hub.linksSum = false;
    hub.content = MODEL.clone();
    hub.content[MODEL.length - 1] ^= 1;

    assertThat(refused(SUM).code()).isEqualTo(ProblemCode.CHECKSUM_MISMATCH);
    assertThat(files()).isEmpty();
  }

  @Test
  void hub_and_administrator_who_name_different_sums_are_told_before_a_byte_is_kept()
      throws Exception {
    assertThat(refused(FakeHub.sha256(new byte[1])).code())
        .isEqualTo(ProblemCode.CHECKSUM_MISMATCH);
    assertThat(files()).isEmpty();
  }

  @Test
  void without_a_sum_nothing_is_fetched_and_with_the_administrators_it_is() throws Exception {
    hub.linksSum = false;

    assertThat(refused().code()).isEqualTo(ProblemCode.CHECKSUM_MISSING);
    assertThat(files()).isEmpty();

    fetch(SUM);
    requireWhole();
  }

  @Test
  void a_file_that_is_no_gguf_is_refused_at_its_first_bytes() throws Exception {
    hub.content = "<html>Please sign in</html>".repeat(50_000).getBytes(StandardCharsets.UTF_8);

    assertThat(refused().code()).isEqualTo(ProblemCode.MODEL_REFUSED);
    assertThat(files()).isEmpty();
  }

  @Test
  void a_disk_without_room_is_told_before_a_byte_is_kept() throws Exception {
    free = MODEL.length + 999L;

    Problem problem = refused();

    assertThat(problem.code()).isEqualTo(ProblemCode.NO_SPACE_FOR_MODEL);
    assertThat(problem.values()).containsExactly((long) MODEL.length, MODEL.length - 1L);
    assertThat(files()).isEmpty();
    free++;
    fetch();
    requireWhole();
  }

  @Test
  @Tag("promise")
  void a_server_that_says_nothing_more_is_given_up_after_its_idle_limit() throws Exception {
    hub.hangAfter = 10_000;
    PromisedTime time = PromisedTime.start();
    try (GgufStore store = store(1, Duration.ofMillis(500))) {
      Problem problem =
          catchThrowableOfType(
              Problem.class, () -> store.fetch(hub.file(), Optional.empty(), progress));

      assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_SOURCE_UNAVAILABLE);
      assertThat(problem.getMessage()).contains("Nothing came for too long");
      time.require("giving up", Duration.ofSeconds(10));
    }
    assertThat(files()).containsExactly(NAME + ".part", NAME + ".part.properties");
  }

  @Test
  void a_file_that_is_not_there_and_a_server_that_is_away_are_told() {
    hub.status = 404;
    assertThat(refused().getMessage()).contains("model-source-unavailable").contains("404");
    hub.close();
    assertThat(refused().code()).isEqualTo(ProblemCode.MODEL_SOURCE_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://203.0.113.1/file.gguf",
        "ftp://203.0.113.1/file.gguf",
        "https://user@203.0.113.1/file.gguf",
        "file:///etc/passwd",
        "///"
      })
  void a_redirect_that_is_not_to_https_is_not_followed(String target) {
    hub.redirect = Optional.of(target);

    assertThat(refused().getMessage()).contains("redirect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.0.0.1/file.gguf",
        "https://169.254.169.254/file.gguf",
        "https://[::1]/file.gguf",
        "https://localhost/file.gguf",
        "https://[fd00::1]/file.gguf"
      })
  void a_redirect_into_a_private_network_is_not_followed(String target) {
    hub.redirect = Optional.of(target);

    assertThat(refused().getMessage())
        .contains("of a private network", "zhiku.generator.download-hosts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://169.254.169.254/x.gguf?token=s3cret",
        "https://192.168.1.7/x.gguf",
        "https://127.0.0.2/x.gguf",
        "http://127.0.0.2:22/x.gguf"
      })
  void a_host_that_is_not_public_is_asked_only_where_it_is_named(String address) {
    try (GgufStore store = store(0)) {
      Problem problem =
          catchThrowableOfType(
              Problem.class, () -> store.fetch(URI.create(address), Optional.of(SUM), progress));

      assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_SOURCE_UNAVAILABLE);
      assertThat(problem.getMessage())
          .contains("of a private network")
          .doesNotContain("s3cret", "refused");
    }
  }

  @Test
  void redirects_have_an_end() {
    hub.redirect = Optional.of(FakeHub.FILE);

    assertThat(refused().getMessage()).contains("more than 5 redirects");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://203.0.113.1/file.gguf",
        "http://localhost.example/file.gguf",
        "ftp://203.0.113.1/file.gguf",
        "https://203.0.113.1/page.html",
        "https://203.0.113.1/..gguf"
      })
  void other_addresses_are_refused_before_anybody_is_asked(String address) {
    try (GgufStore store = store(0)) {
      Problem problem =
          catchThrowableOfType(
              Problem.class, () -> store.fetch(URI.create(address), Optional.of(SUM), progress));

      assertThat(problem.code()).isEqualTo(ProblemCode.VALUE_OUT_OF_RANGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUGGINGFACE", "MODELSCOPE"})
  void a_model_of_the_catalogue_comes_from_either_hub(Hub from) throws Exception {
    hub.linksSum = from == Hub.HUGGINGFACE;
    CatalogueModel model = CatalogueModel.ALL.getFirst();
    try (GgufStore store = store(0)) {
      store.fetch(model, from, Optional.empty(), progress);
      Problem again =
          catchThrowableOfType(
              Problem.class, () -> store.fetch(model, from, Optional.empty(), progress));
      assertThat(again.code()).isEqualTo(ProblemCode.MODEL_EXISTS);
    }

    assertThat(Files.readAllBytes(data.resolve("models/" + model.file()))).isEqualTo(MODEL);
  }

  @Test
  void a_file_of_this_machine_is_copied_and_its_sum_noted() throws Exception {
    Path source = Files.write(data.resolve(NAME), MODEL);
    try (GgufStore store = store(0)) {
      store.copy(source, Optional.empty(), progress);
    }

    requireWhole();
    assertThat(source).hasBinaryContent(MODEL);
  }

  @Test
  void a_file_of_this_machine_that_is_none_or_has_another_sum_is_not_kept() throws Exception {
    Path source = Files.write(data.resolve(NAME), MODEL);
    Path text = Files.writeString(data.resolve("text.gguf"), "GGUF but no more");
    try (GgufStore store = store(0)) {
      assertThat(
              catchThrowableOfType(
                      Problem.class,
                      () -> store.copy(source, Optional.of(FakeHub.sha256(new byte[1])), progress))
                  .code())
          .isEqualTo(ProblemCode.CHECKSUM_MISMATCH);
      assertThat(
              catchThrowableOfType(
                      Problem.class, () -> store.copy(text, Optional.empty(), progress))
                  .code())
          .isEqualTo(ProblemCode.MODEL_REFUSED);
    }

    assertThat(files()).isEmpty();
    assertThat(source).hasBinaryContent(MODEL);
  }
}
