package dev.zhiku.server.plain;

import static dev.zhiku.answering.problem.ProblemCode.QUESTION_TOO_LONG;

import dev.zhiku.answering.answer.AnswerEvent.Answered;
import dev.zhiku.answering.answer.AnswerEvent.Failed;
import dev.zhiku.answering.answer.AnswerEvent.NoEvidence;
import dev.zhiku.answering.answer.AnswerEvent.PassagesOnly;
import dev.zhiku.answering.answer.AnswerEvent.Terminal;
import dev.zhiku.answering.answer.Question;
import dev.zhiku.answering.answer.Question.Mode;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemText;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.answering.search.SearchConfig;
import dev.zhiku.index.Filter;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.ClientConnection;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.query.AnswerRuns;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A form that asks and the passages that were found, as HTML without a script. It asks with the
 * rights and within the limits of whoever opens it, and no model: an address that another page can
 * have opened must cost little.
 */
@Controller
@Hidden
@Produces(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
final class PlainController {
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  private final AnswerRuns runs;
  private final SearchConfig search;

  PlainController(AnswerRuns runs, SearchConfig search) {
    this.runs = runs;
    this.search = search;
  }

  @Get("/plain")
  HttpResponse<?> page(HttpRequest<?> request) throws InterruptedException {
    Locale locale = AcceptedLanguage.of(request);
    PlainPage page = new PlainPage(locale);
    String question = "";
    try {
      question =
          Parameters.of(request, Set.of("q")).text("q", Integer.MAX_VALUE).orElse("").strip();
      return question.isEmpty()
          ? html(HttpStatus.OK, page.form())
          : html(HttpStatus.OK, answer(request, question, page));
    } catch (Problem problem) {
      ProblemText text = ProblemText.of(problem.code(), problem.values(), locale);
      return html(
          HttpStatus.valueOf(problem.code().status()),
          page.failure(question, text.detail() + " " + text.remedy()));
    }
  }

  private String answer(HttpRequest<?> request, String question, PlainPage page)
      throws InterruptedException {
    int length = question.codePointCount(0, question.length());
    if (length > Question.MAX_CHARS) {
      throw new Problem(QUESTION_TOO_LONG, Question.MAX_CHARS, length);
    }
    Scope scope = RequestScope.of(request);
    runs.requirePlace(scope);
    Question asked =
        new Question(
            question,
            search.topK(),
            Mode.PASSAGES,
            false,
            new Filter.All(),
            List.of(),
            AcceptedLanguage.of(request));
    Terminal end = runs.start(asked, scope, false).awaitTerminal(new ClientConnection(request));
    return switch (end) {
      case PassagesOnly found -> page.found(question, found.answer().passages());
      case Answered found -> page.found(question, found.answer().passages());
      case NoEvidence none -> page.found(question, List.<ScoredPassage>of());
      case Failed failed -> page.failure(question, failed.detail() + " " + failed.remedy());
    };
  }

  private static HttpResponse<?> html(HttpStatus status, String page) {
    return HttpResponse.status(status)
        .contentType(MediaType.of("text/html; charset=utf-8"))
        .header("Content-Security-Policy", POLICY)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
        .body(page);
  }
}
