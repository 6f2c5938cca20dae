package dev.zhiku.app.command;

import dev.zhiku.app.command.ServiceStarter.RunningService;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.evaluation.EvaluationReport;
import dev.zhiku.app.evaluation.LabelledCollection;
import dev.zhiku.app.evaluation.LabelledQuestion;
import dev.zhiku.app.evaluation.Outcome;
import dev.zhiku.app.evaluation.OutcomeFile;
import dev.zhiku.app.evaluation.QuestionTable;
import dev.zhiku.app.evaluation.WordsOfAnswer;
import dev.zhiku.app.start.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku eval PATH}. */
@Command(
    name = "eval",
    description = {
      "Asks questions whose answers are known and says how well they are found and answered.",
      "A table of questions is asked of the running service; a labelled collection is read by a"
          + " service of its own for the time of it."
    },
    mixinStandardHelpOptions = true)
final class EvalCommand implements Callable<Integer> {
  private static final int MOST_PASSAGES = 20;
  private static final long SEED = 42;
  private static final long LOOK_MILLIS = 1_000;

  private final ServiceStarter starter;
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      description =
          "A table (questions.tsv, or a folder with one), or a folder with docs.jsonl,"
              + " queries.jsonl and qrels.tsv")
  private Path path = Path.of("");

  @Option(
      names = "--most",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Questions of a collection, of each sort; the same ones each time (default 500)")
  private int most;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Writes what became of each question")
  private @Nullable Path save;

  @Option(
      names = "--compare",
      paramLabel = "FILE",
      description = "Lists what got better and worse since the run that wrote FILE with --save")
  private @Nullable Path compare;

  EvalCommand(ServiceStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (most < 1) {
      throw new ParameterException(spec.commandLine(), "--most must be 1 or more");
    }
    Optional<List<Outcome>> before = before();
    List<Outcome> outcomes =
        LabelledCollection.isIn(path)
            ? ofCollection(understood(() -> LabelledCollection.read(path)))
            : ofRunningService(understood(() -> QuestionTable.read(table())));
    if (save != null) {
      OutcomeFile.write(save, outcomes);
    }
    ConsoleWriter out = ConsoleWriter.of(spec);
    EvaluationReport.table(outcomes).forEach(out::println);
    before.ifPresent(earlier -> EvaluationReport.changes(earlier, outcomes).forEach(out::println));
    out.flush();
    return ExitCode.OK;
  }

  private Path table() {
    return Files.isDirectory(path) ? path.resolve("questions.tsv") : path;
  }

  private Optional<List<Outcome>> before() {
    Path file = compare;
    return file == null ? Optional.empty() : Optional.of(understood(() -> OutcomeFile.read(file)));
  }

  /** Reads a file; one that cannot be read or understood is a mistake of the command line. */
  private <T> T understood(Callable<T> reading) {
    try {
      return reading.call();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "It cannot be read: " + e, e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Outcome> ofRunningService(List<LabelledQuestion> questions)
      throws InterruptedException {
    try (LocalService service = LocalService.of(options.load())) {
      return ask(service, questions);
    }
  }

  /** Its documents are read by the configured readers and models, beside the user's own data. */
  private List<Outcome> ofCollection(LabelledCollection collection)
      throws InterruptedException, IOException {
    try (TemporaryFolder work = TemporaryFolder.make("zhiku-eval")) {
      Path documents = work.folder("documents");
      collection.writeTo(documents);
      LoadedConfig loaded =
          options.read(
              Map.of(
                  "folder", documents.toString(),
                  "data", work.folder("data").toString(),
                  "samples.enabled", "false",
                  "server.host", "127.0.0.1",
                  "server.port", "0"));
      try (RunningService running = starter.start(loaded);
          LocalService service = LocalService.of(loaded.config())) {
        say(collection.documents().size() + " documents are read at " + running.url());
        awaitRest(service);
        return ask(service, collection.questions(most, SEED));
      }
    }
  }

  private void awaitRest(LocalService service) throws InterruptedException {
    ProgressLine now = ProgressLine.of(service.get("/status"));
    while (!now.atRest()) {
      Thread.sleep(LOOK_MILLIS);
      now = ProgressLine.of(service.get("/status"));
    }
    say(now.words());
  }

  /** Beside the figures, which may be piped on. */
  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }

  private static List<Outcome> ask(LocalService service, List<LabelledQuestion> questions)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    for (LabelledQuestion question : questions) {
      outcomes.add(ask(service, question));
    }
    return outcomes;
  }

  private static Outcome ask(LocalService service, LabelledQuestion question)
      throws InterruptedException {
    Map<String, @Nullable Object> found =
        service.post(
            "/query",
            Map.of("question", question.text(), "mode", "passages", "top_k", MOST_PASSAGES));
    Map<String, @Nullable Object> answer =
        service.post("/query", Map.of("question", question.text()));
    List<String> ranking =
        JsonObject.objects(found, "passages").stream()
            .map(passage -> String.valueOf(passage.get("path")))
            .distinct()
            .toList();
    boolean answered = "answered".equals(answer.get("status"));
    Optional<Boolean> hit =
        question.answers().isEmpty()
            ? Optional.empty()
            : Optional.of(answered && WordsOfAnswer.standIn(question.answers(), said(answer)));
    return new Outcome(
        question.id(), question.kind(), question.documents(), ranking, answered, hit);
  }

  private static List<String> said(Map<String, @Nullable Object> answer) {
    List<String> said = new ArrayList<>();
    said.add(String.valueOf(answer.get("answer")));
    JsonObject.objects(answer, "citations")
        .forEach(citation -> said.add(String.valueOf(citation.get("quote"))));
    return said;
  }
}
