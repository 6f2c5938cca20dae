package dev.zhiku.server.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemText;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.library.CatalogueModel;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.generators.library.ModelLibrary;
import dev.zhiku.generators.library.Pulls;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code /models} takes and says, field by field; absent values are written as null. */
final class ModelViews {
  private ModelViews() {}

  /**
   * What there is, and who writes.
   *
   * @param backend that writes the answers
   * @param model that it uses: a name of Ollama's or a file
   * @param previous whether there is a choice to go back to
   * @param locked settings that cannot be changed here
   * @param items models that can be used
   * @param catalogue models that can be fetched by name
   * @param warnings why models of a server are missing
   * @param pull the one on its way, or how the last one ended
   */
  @Schema(name = "ModelLibrary")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record LibraryView(
      String backend,
      Optional<String> model,
      boolean previous,
      List<LockedView> locked,
      List<ModelView> items,
      List<OfferView> catalogue,
      List<WarningView> warnings,
      Optional<PullView> pull) {

    static LibraryView of(ModelLibrary models, Locale locale) throws InterruptedException {
      ModelLibrary.Listing listing = models.list();
      GeneratorConfig now = models.generator().now();
      return new LibraryView(
          now.backend().name().toLowerCase(Locale.ROOT),
          model(now),
          models.generator().hasPrevious(),
          LockedView.all(models.generator().locked()),
          listing.models().stream().map(m -> ModelView.of(m, models.isInUse(m))).toList(),
          CatalogueModel.ALL.stream().map(OfferView::of).toList(),
          listing.trouble().map(t -> new WarningView(t.what().in(locale))).stream().toList(),
          models.pulls().current().map(pull -> PullView.of(pull, locale)));
    }

    private static Optional<String> model(GeneratorConfig now) {
      return switch (now.backend()) {
        case EXTRACTIVE -> Optional.empty();
        case OLLAMA -> Optional.of(now.ollama().model());
        case OPENAI -> now.openai().model();
        case NATIVE -> now.native_().modelPath().map(path -> String.valueOf(path.getFileName()));
      };
    }
  }

  /**
   * A setting that wins over what is chosen here.
   *
   * @param key such as {@code zhiku.generator.backend}
   * @param by the file, the environment or the command line that sets it
   */
  @Schema(name = "LockedSetting")
  @Serdeable
  record LockedView(String key, String by) {
    private static List<LockedView> all(Map<String, String> locked) {
      return locked.entrySet().stream()
          .map(entry -> new LockedView("zhiku." + entry.getKey(), entry.getValue()))
          .toList();
    }
  }

  /** Something to know. */
  @Schema(name = "ModelWarning")
  @Serdeable
  record WarningView(String detail) {}

  /**
   * A model that can be used.
   *
   * @param library {@code ollama} or {@code gguf}
   * @param contextTokens that it was trained for
   * @param sha256 of the file; of Ollama's models of its manifest
   */
  @Schema(name = "InstalledModel")
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record ModelView(
      String name,
      @Schema(pattern = "ollama|gguf") String library,
      boolean inUse,
      long size,
      Optional<String> parameters,
      Optional<String> quantization,
      Optional<Integer> contextTokens,
      List<String> capabilities,
      Optional<String> sha256) {

    private static ModelView of(InstalledModel model, boolean inUse) {
      return new ModelView(
          model.name(),
          model.library().name().toLowerCase(Locale.ROOT),
          inUse,
          model.bytes(),
          model.parameters(),
          model.quantization(),
          model.contextTokens().stream().boxed().findFirst(),
          model.capabilities(),
          model.sha256());
    }
  }

  /**
   * A model that can be fetched by its name.
   *
   * @param size about, in bytes
   */
  @Schema(name = "CatalogueModel")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record OfferView(String name, long size, String quantization, String repository, String file) {
    private static OfferView of(CatalogueModel model) {
      return new OfferView(
          model.name(),
          model.bytes(),
          CatalogueModel.QUANTIZATION,
          model.repository(),
          model.file());
    }
  }

  /**
   * How a model comes.
   *
   * @param state {@code running}, {@code done}, {@code stopped} or {@code failed}
   * @param phase {@code asking}, {@code downloading} or {@code verifying}
   * @param completed bytes
   * @param total bytes, 0 as long as nobody knows
   * @param code why it failed, with detail and remedy
   */
  @Schema(name = "ModelPull")
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record PullView(
      String name,
      @Schema(pattern = "running|done|stopped|failed") String state,
      @Schema(pattern = "asking|downloading|verifying") String phase,
      long completed,
      long total,
      Optional<String> code,
      Optional<String> detail,
      Optional<String> remedy) {

    static PullView of(Pulls.Pull pull, Locale locale) {
      return switch (pull.outcome()) {
        case Pulls.Outcome.Running() -> of(pull, "running");
        case Pulls.Outcome.Done() -> of(pull, "done");
        case Pulls.Outcome.Stopped() -> of(pull, "stopped");
        case Pulls.Outcome.Failed(Problem problem) -> failed(pull, problem, locale);
      };
    }

    private static PullView failed(Pulls.Pull pull, Problem problem, Locale locale) {
      ProblemText text = ProblemText.of(problem.code(), problem.values(), locale);
      PullView view = of(pull, "failed");
      return new PullView(
          view.name,
          view.state,
          view.phase,
          view.completed,
          view.total,
          Optional.of(problem.code().wireName()),
          Optional.of(text.detail()),
          Optional.of(text.remedy()));
    }

    private static PullView of(Pulls.Pull pull, String state) {
      return new PullView(
          pull.name(),
          state,
          pull.progress().phase().toString(),
          pull.progress().completed(),
          pull.progress().total(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * Which model is to be fetched.
   *
   * @param name of the catalogue or of Ollama, an https address of a GGUF file, or its absolute
   *     path on the machine of the service
   * @param sha256 that the file must have; needed where its server names none
   * @param hub for a name of the catalogue: {@code huggingface} (if absent) or {@code modelscope}
   */
  @Schema(name = "ModelPullOrder")
  @Serdeable
  record PullBody(
      @Nullable @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
      @Nullable @Schema(pattern = "[0-9A-Fa-f]{64}") String sha256,
      @Nullable @Schema(pattern = "huggingface|modelscope") String hub) {}

  /**
   * Who is to write; one of both.
   *
   * @param name of a model as listed, or {@code extractive} for none
   * @param previous true goes back to what was used before the last change
   */
  @Schema(name = "ModelChoice")
  @Serdeable
  record UseBody(@Nullable String name, @Nullable Boolean previous) {}
}
