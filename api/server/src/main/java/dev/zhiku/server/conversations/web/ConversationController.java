package dev.zhiku.server.conversations.web;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.conversations.Conversation;
import dev.zhiku.server.conversations.Conversations;
import dev.zhiku.server.conversations.KeptTurn;
import dev.zhiku.server.conversations.SearchWords;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Parameters;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.webhooks.ServiceEvent;
import dev.zhiku.server.webhooks.ServiceEvents;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Conversations of whoever asks: begun, listed, read, renamed, pinned, deleted, taken along. */
@Controller("/conversations")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "conversations")
final class ConversationController {
  private static final int MAX_BODY_BYTES = 16 * 1_024;
  private static final int MAX_SEARCH_CHARS = 200;
  private static final int MAX_CURSOR_CHARS = 100;
  private static final int MOST_LISTED = 200;
  private static final int LISTED = 50;
  private static final int MOST_TURNS = 1_000;
  private static final int TURNS = 30;

  private final Conversations conversations;
  private final TurnViews views;
  private final ConversationFile file;
  private final RequestBodies bodies;
  private final ServiceEvents events;

  ConversationController(
      Conversations conversations,
      TurnViews views,
      ConversationFile file,
      RequestBodies bodies,
      ServiceEvents events) {
    this.conversations = conversations;
    this.views = views;
    this.file = file;
    this.bodies = bodies;
    this.events = events;
  }

  /** Those of whoever asks, pinned ones first, then the newest. */
  @Get
  @Operation(
      operationId = "listConversations",
      summary = "List your conversations",
      parameters = {
        @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            description = "words that stand in the title or in a turn, at most 8",
            schema = @Schema(type = "string", maxLength = 200)),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            schema =
                @Schema(type = "integer", minimum = "1", maximum = "200", defaultValue = "50")),
        @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "next_cursor of the part before",
            schema = @Schema(type = "string"))
      })
  ConversationPage list(@Parameter(hidden = true) HttpRequest<?> request) {
    Parameters parameters = Parameters.of(request, Set.of("q", "limit", "cursor"));
    List<String> words = SearchWords.of(parameters.text("q", MAX_SEARCH_CHARS).orElse(""));
    if (words.size() > SearchWords.MOST) {
      throw new Problem(
          ProblemCode.VALUE_OUT_OF_RANGE,
          "q",
          ServerText.of("rule.search-words", SearchWords.MOST));
    }
    int limit = parameters.number("limit", 1, MOST_LISTED, LISTED);
    List<Conversation> found =
        conversations.list(
            RequestScope.of(request),
            words,
            parameters.cursor(MAX_CURSOR_CHARS, ListCursor::read),
            limit + 1);
    List<Conversation> shown = found.subList(0, Math.min(limit, found.size()));
    return new ConversationPage(
        shown.stream().map(ConversationView::of).toList(),
        found.size() > limit ? Optional.of(ListCursor.after(shown.getLast())) : Optional.empty());
  }

  /** Begins one; a question goes on in it with its id as {@code conversation_id}. */
  @Post(consumes = MediaType.ALL)
  @Operation(operationId = "beginConversation", summary = "Begin a conversation")
  ConversationView begin(HttpRequest<?> request) {
    return ConversationView.of(conversations.create(RequestScope.of(request)));
  }

  /** One with its last turns, and what has become of the files that they cite. */
  @Get("/{id}")
  @Operation(
      operationId = "getConversation",
      summary = "Read a conversation",
      parameters = {
        @Parameter(
            name = "before",
            in = ParameterIn.QUERY,
            description = "only turns before this number",
            schema = @Schema(type = "integer")),
        @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "no more turns, 1 to 1,000",
            schema = @Schema(type = "integer", defaultValue = "30"))
      })
  ConversationTurns read(String id, @Parameter(hidden = true) HttpRequest<?> request) {
    Parameters parameters = Parameters.of(request, Set.of("before", "limit"));
    int limit = parameters.number("limit", 1, MOST_TURNS, TURNS);
    int before = parameters.number("before", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    Scope scope = RequestScope.of(request);
    Conversation found = conversations.find(scope, id);
    List<KeptTurn> turns = conversations.turns(scope, id, OptionalInt.of(before), limit + 1);
    List<KeptTurn> shown = turns.subList(Math.max(0, turns.size() - limit), turns.size());
    return new ConversationTurns(
        ConversationView.of(found),
        shown.stream().map(turn -> views.view(turn, scope)).toList(),
        turns.size() > limit);
  }

  /** Gives it another title, or pins it. */
  @Patch(uri = "/{id}", consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "changeConversation",
      summary = "Rename or pin a conversation",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = Change.class))))
  @ApiResponse(
      responseCode = "200",
      description = "as it is now",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConversationView.class)))
  ConversationView change(String id, HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    JsonFields body = bodies.json(request, scope.client(), MAX_BODY_BYTES, Change.class);
    return ConversationView.of(conversations.change(scope, id, title(body), body.bool("pinned")));
  }

  private static Optional<String> title(JsonFields body) {
    Optional<String> title =
        body.text("title", Conversation.MAX_TITLE)
            .map(text -> text.replaceAll("[\\s\\p{Cc}]+", " ").strip());
    if (title.filter(String::isEmpty).isPresent()) {
      throw body.refusal("title", ServerText.of("rule.title", Conversation.MAX_TITLE));
    }
    return title;
  }

  /** Removes it with all its turns. */
  @Delete(uri = "/{id}", consumes = MediaType.ALL)
  @Status(HttpStatus.NO_CONTENT)
  @Operation(operationId = "deleteConversation", summary = "Delete a conversation")
  @ApiResponse(responseCode = "204", description = "deleted")
  void delete(String id, HttpRequest<?> request) {
    conversations.delete(RequestScope.of(request), id);
  }

  /** All of it as a file: JSON, which can be brought in again, or Markdown to read. */
  @Get("/{id}/export")
  @Produces({MediaType.APPLICATION_JSON, "text/markdown"})
  @Operation(
      operationId = "exportConversation",
      summary = "Take a conversation along",
      parameters =
          @Parameter(
              name = "format",
              in = ParameterIn.QUERY,
              description = "json or markdown",
              schema = @Schema(type = "string", defaultValue = "json")))
  @ApiResponse(
      responseCode = "200",
      description = "the file",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = ExportedConversation.class)),
        @Content(mediaType = "text/markdown", schema = @Schema(type = "string"))
      })
  HttpResponse<?> export(String id, @Parameter(hidden = true) HttpRequest<?> request) {
    String format = Parameters.of(request, Set.of("format")).text("format", 10).orElse("json");
    Scope scope = RequestScope.of(request);
    Conversation found = conversations.find(scope, id);
    List<KeptTurn> turns = conversations.turns(scope, id, OptionalInt.empty(), Integer.MAX_VALUE);
    return switch (format) {
      case "json" -> file(id + ".json", MediaType.APPLICATION_JSON_TYPE, file.write(found, turns));
      case "markdown" -> markdown(found, turns, AcceptedLanguage.of(request));
      default ->
          throw new Problem(
              ProblemCode.VALUE_OUT_OF_RANGE, "format", ServerText.of("rule.export-format"));
    };
  }

  private HttpResponse<?> markdown(Conversation found, List<KeptTurn> turns, Locale locale) {
    return file(
        found.id() + ".md",
        MediaType.of("text/markdown;charset=utf-8"),
        new MarkdownExport(views::response, locale).of(found, turns));
  }

  private static HttpResponse<?> file(String name, MediaType type, Object body) {
    return HttpResponse.ok(body)
        .contentType(type)
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
  }

  /** Brings in a conversation that was taken along as JSON; it becomes a new one. */
  @Post(uri = "/import", consumes = MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "importConversation",
      summary = "Bring in a conversation",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = ExportedConversation.class))))
  @ApiResponse(
      responseCode = "200",
      description = "the new conversation",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConversationView.class)))
  ConversationView bringIn(HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    ConversationFile.Read read =
        bodies.read(request, scope.client(), ConversationFile.MAX_BYTES, file::read);
    return ConversationView.of(conversations.bringIn(scope, read.title(), read.turns()));
  }

  /** Keeps what the asker thinks of an answer. */
  @Put(uri = "/{id}/turns/{number}/rating", consumes = MediaType.APPLICATION_JSON)
  @Status(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "rateAnswer",
      summary = "Say whether an answer was of use",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = TurnView.RatingView.class))))
  @ApiResponse(responseCode = "204", description = "kept")
  void rate(String id, int number, HttpRequest<?> request) {
    Scope scope = RequestScope.of(request);
    JsonFields body =
        bodies.json(request, scope.client(), MAX_BODY_BYTES, TurnView.RatingView.class);
    TurnView.RatingView said =
        new TurnView.RatingView(
            body.text("rating").orElse(null), body.text("comment").orElse(null));
    conversations.rate(scope, id, number, Ratings.of(said));
    events.tell(
        ServiceEvent.ofRating(id, number, Optional.ofNullable(said.rating()).orElse("none")));
  }

  /** What is changed of a conversation; what is absent stays. */
  @Schema(name = "ConversationChange")
  @Serdeable
  record Change(@Nullable @Schema(maxLength = 200) String title, @Nullable Boolean pinned) {}
}
