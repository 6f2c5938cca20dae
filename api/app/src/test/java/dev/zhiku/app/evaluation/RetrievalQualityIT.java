package dev.zhiku.app.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.AnswerMeter;
import dev.zhiku.answering.answer.AnswerService;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.StandingWarnings;
import dev.zhiku.answering.answer.SupportRule;
import dev.zhiku.answering.chat.Prompt;
import dev.zhiku.answering.search.Retriever;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.extractive.ExtractiveBackend;
import dev.zhiku.index.Filter;
import dev.zhiku.index.KnowledgeIndex;
import dev.zhiku.index.embedding.Embedders;
import dev.zhiku.index.lucene.LuceneKnowledgeIndex;
import dev.zhiku.index.lucene.LuceneSettings;
import dev.zhiku.index.onnx.BundledModels;
import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extractor;
import dev.zhiku.ingest.extract.child.ChildExtractor;
import dev.zhiku.ingest.pipeline.DocumentPipeline;
import dev.zhiku.ingest.pipeline.IngestLimits;
import dev.zhiku.ingest.pipeline.IngestMeter;
import dev.zhiku.ingest.split.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retrieval on labelled collections, through the whole pipeline with the bundled models. */
@Tag("long")
class RetrievalQualityIT {
  private static final int WORKERS = 2;
  private static final int ASKED = 200;
  private static final double MOST_REFUSED = 0.05;
  private static final double LEAST_FOREIGN_REFUSED = 0.80;

  @ParameterizedTest
  @CsvSource({"zh-cmrc2018, .975", "en-squad2, .886", "en-office, .85"})
  void the_right_document_comes_first(String name, double least, @TempDir Path folder)
      throws Exception {
    Path collection = collections().resolve(name);
    assumeTrue(Files.isDirectory(collection), "skipped: " + collection + " is not here");

    Measured measured = measure(LabelledCollection.read(collection), folder);

    System.out.println(Quality.header() + "\n" + measured.quality().row(name));
    System.out.printf(
        "%s: no evidence said of %.1f %% of the answerable questions and of %.1f %% of others%n",
        name, 100 * measured.refused(), 100 * measured.foreignRefused());
    assertThat(measured.quality().mrr()).isGreaterThanOrEqualTo(least);
    assertThat(measured.refused()).isLessThanOrEqualTo(MOST_REFUSED);
    assertThat(measured.foreignRefused()).isGreaterThanOrEqualTo(LEAST_FOREIGN_REFUSED);
  }

  /**
   * What was found out about a collection.
   *
   * @param refused share of its own questions without an answer
   * @param foreignRefused share of the questions of another collection without an answer
   */
  private record Measured(Quality quality, double refused, double foreignRefused) {}

  /** Beside the repository; the build runs in one of its modules. */
  private static Path collections() {
    return ServiceProcess.repository().resolve("../shared/retrieval").normalize();
  }

  private static Measured measure(LabelledCollection collection, Path folder)
      throws IOException, InterruptedException {
    try (Embedders embedders = BundledModels.open(folder.resolve("native"));
        KnowledgeIndex index =
            LuceneKnowledgeIndex.open(folder.resolve("index"), LuceneSettings.DEFAULT);
        Extractor extractor =
            ChildExtractor.open(folder.resolve("parsers"), WORKERS, ExtractLimits.DEFAULT)) {
      DocumentPipeline pipeline =
          new DocumentPipeline(
              extractor,
              new Splitter(),
              embedders,
              index,
              Files.createDirectories(folder.resolve("copies")),
              IngestLimits.DEFAULT,
              IngestMeter.NONE);
      Retriever retriever =
          new Retriever(index, embedders, SearchConfig.DEFAULT, new Semaphore(WORKERS));
      Quality quality =
          new Evaluation(pipeline, index, retriever, WORKERS)
              .run(collection, folder.resolve("files"));
      AnswerService answers = answers(retriever);
      List<String> own = questions(collection);
      return new Measured(quality, refused(answers, own), refused(answers, foreign(collection)));
    }
  }

  private static AnswerService answers(Retriever retriever) {
    ExtractiveBackend backend = new ExtractiveBackend(new Semaphore(WORKERS));
    return new AnswerService(
        retriever,
        backend,
        backend,
        new Prompt.Limits(1_024, 0, Duration.ofMinutes(1)),
        SupportRule.NONE,
        1,
        StandingWarnings.NONE,
        AnswerMeter.NONE);
  }

  private static List<String> questions(LabelledCollection collection) {
    return collection.sample(ASKED, Evaluation.SEED).stream()
        .map(LabelledCollection.Query::text)
        .toList();
  }

  /** Questions that nothing in the collection can answer: its own list, or another's questions. */
  private static List<String> foreign(LabelledCollection collection) {
    boolean chinese = collection.folder().endsWith("zh-cmrc2018");
    if (chinese) {
      return collection.unanswerable().stream()
          .map(LabelledCollection.Query::text)
          .filter(q -> !q.isBlank())
          .limit(ASKED)
          .toList();
    }
    boolean office = collection.folder().endsWith("en-office");
    return questions(
        LabelledCollection.read(collections().resolve(office ? "en-squad2" : "en-office")));
  }

  private static double refused(AnswerService answers, List<String> questions)
      throws InterruptedException {
    int refused = 0;
    for (String text : questions) {
      List<AnswerEvent> events = new ArrayList<>();
      Question question =
          new Question(
              text,
              SearchConfig.DEFAULT.topK(),
              Question.Mode.ANSWER,
              false,
              new Filter.All(),
              List.of(),
              Locale.ENGLISH);
      answers.answer(question, Scope.LOCAL, events::add);
      refused += events.getLast() instanceof AnswerEvent.NoEvidence ? 1 : 0;
    }
    return (double) refused / questions.size();
  }
}
