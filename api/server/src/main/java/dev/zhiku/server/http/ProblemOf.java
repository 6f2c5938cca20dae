package dev.zhiku.server.http;

import static dev.zhiku.answering.problem.ProblemCode.BODY_TOO_LARGE;
import static dev.zhiku.answering.problem.ProblemCode.CATALOGUE_UNAVAILABLE;
import static dev.zhiku.answering.problem.ProblemCode.DISK_FULL;
import static dev.zhiku.answering.problem.ProblemCode.DOCUMENT_EXISTS;
import static dev.zhiku.answering.problem.ProblemCode.DOCUMENT_NOT_FOUND;
import static dev.zhiku.answering.problem.ProblemCode.EMBEDDER_AWAY;
import static dev.zhiku.answering.problem.ProblemCode.HEADERS_TOO_LARGE;
import static dev.zhiku.answering.problem.ProblemCode.INTERNAL_ERROR;
import static dev.zhiku.answering.problem.ProblemCode.MALFORMED_JSON;
import static dev.zhiku.answering.problem.ProblemCode.MALFORMED_REQUEST;
import static dev.zhiku.answering.problem.ProblemCode.METHOD_NOT_ALLOWED;
import static dev.zhiku.answering.problem.ProblemCode.NOT_ACCEPTABLE;
import static dev.zhiku.answering.problem.ProblemCode.NOT_ALLOWED;
import static dev.zhiku.answering.problem.ProblemCode.NOT_FOUND;
import static dev.zhiku.answering.problem.ProblemCode.PATH_OUTSIDE_SOURCE;
import static dev.zhiku.answering.problem.ProblemCode.SHUTTING_DOWN;
import static dev.zhiku.answering.problem.ProblemCode.SOURCE_OFFLINE;
import static dev.zhiku.answering.problem.ProblemCode.UNKNOWN_FIELD;
import static dev.zhiku.answering.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static dev.zhiku.answering.problem.ProblemCode.UPLOAD_TOO_LARGE;
import static dev.zhiku.answering.problem.ProblemCode.VALUE_OUT_OF_RANGE;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.IndexException;
import dev.zhiku.index.embedding.EmbedderAwayException;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import dev.zhiku.ingest.source.SourceFileException;
import io.micronaut.core.convert.exceptions.ConversionErrorException;
import io.micronaut.core.type.Argument;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.json.JsonSyntaxException;
import io.micronaut.serde.exceptions.SerdeException;
import io.micronaut.web.router.exceptions.UnsatisfiedRouteException;
import java.net.URISyntaxException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place that says which {@link Problem} a failure is. Our own families are switched on
 * without a default: a new exception without a code does not compile.
 */
final class ProblemOf {
  private static final Pattern UNKNOWN_PROPERTY = Pattern.compile("Unknown property \\[([^\\]]*)]");
  private static final Phrase READABLE = ServerText.of("rule.type");
  private static final Phrase PRESENT = ServerText.of("rule.given");

  private ProblemOf() {}

  /** Empty if the failure is nothing a client did: an internal error. */
  static Optional<Problem> failure(Throwable failure) {
    return switch (failure) {
      case Problem problem -> Optional.of(problem);
      case SourceFileException file -> Optional.of(sourceFile(file));
      case IndexException index -> index(index);
      case EmbedderAwayException away -> Optional.of(new Problem(EMBEDDER_AWAY, away.what()));
      case CatalogUnavailableException away -> Optional.of(new Problem(CATALOGUE_UNAVAILABLE));
      case InterruptedException interrupted -> Optional.of(new Problem(SHUTTING_DOWN));
      default -> framework(failure);
    };
  }

  private static Problem sourceFile(SourceFileException failure) {
    return switch (failure) {
      case SourceFileException.NoSuchDocument none -> new Problem(DOCUMENT_NOT_FOUND);
      case SourceFileException.NoSuchSource none ->
          new Problem(VALUE_OUT_OF_RANGE, "source", ServerText.of("rule.writable-source"));
      case SourceFileException.NotVisible hidden ->
          new Problem(NOT_ALLOWED, ServerText.of("upload-not-visible"));
      case SourceFileException.OutsideSource outside -> new Problem(PATH_OUTSIDE_SOURCE);
      case SourceFileException.Exists exists -> new Problem(DOCUMENT_EXISTS);
      case SourceFileException.TooLarge large -> new Problem(UPLOAD_TOO_LARGE, large.limit());
      case SourceFileException.ReadOnly readOnly ->
          new Problem(NOT_ALLOWED, ServerText.of("source.read-only"));
      case SourceFileException.Offline offline -> new Problem(SOURCE_OFFLINE);
      case SourceFileException.DiskFull full -> new Problem(DISK_FULL);
    };
  }

  private static Optional<Problem> index(IndexException failure) {
    return switch (failure) {
      case IndexException.IndexClosed closed -> Optional.of(new Problem(SHUTTING_DOWN));
      case IndexException.IndexLocked locked -> Optional.empty();
      case IndexException.IndexTooNew tooNew -> Optional.empty();
      case IndexException.IndexCorrupt corrupt -> Optional.empty();
      case IndexException.WriteFailed failed -> Optional.empty();
    };
  }

  private static Optional<Problem> framework(Throwable failure) {
    return switch (failure) {
      case ContentLengthExceededException large -> Optional.of(new Problem(BODY_TOO_LARGE));
      case BufferLengthExceededException large -> Optional.of(new Problem(BODY_TOO_LARGE));
      case JsonSyntaxException json -> Optional.of(new Problem(MALFORMED_JSON));
      case SerdeException json -> Optional.of(json(json, "body"));
      case ConversionErrorException bad -> Optional.of(conversion(bad));
      case UnsatisfiedRouteException missing ->
          Optional.of(new Problem(VALUE_OUT_OF_RANGE, wireName(missing.getArgument()), PRESENT));
      case URISyntaxException bad -> Optional.of(new Problem(MALFORMED_REQUEST));
      // The client has gone: nobody reads the answer, and it is no error of ours.
      case ClosedChannelException gone when gone.getClass() == ClosedChannelException.class ->
          Optional.of(new Problem(MALFORMED_REQUEST));
      case HttpStatusException status -> status(status.getStatus().getCode());
      default -> Optional.empty();
    };
  }

  private static Problem conversion(ConversionErrorException failure) {
    return switch (failure.getCause()) {
      case JsonSyntaxException syntax -> new Problem(MALFORMED_JSON);
      case SerdeException json -> json(json, wireName(failure.getArgument()));
      case null, default ->
          new Problem(VALUE_OUT_OF_RANGE, wireName(failure.getArgument()), READABLE);
    };
  }

  private static Problem json(SerdeException failure, String where) {
    if (failure.getCause() instanceof JsonSyntaxException) {
      return new Problem(MALFORMED_JSON);
    }
    Matcher unknown = UNKNOWN_PROPERTY.matcher(String.valueOf(failure.getMessage()));
    return unknown.find()
        ? new Problem(UNKNOWN_FIELD, unknown.group(1))
        : new Problem(VALUE_OUT_OF_RANGE, where, READABLE);
  }

  private static String wireName(Argument<?> argument) {
    return argument
        .getAnnotationMetadata()
        .stringValue("io.micronaut.core.bind.annotation.Bindable")
        .orElse(argument.getName());
  }

  /** A refusal that the server makes by its status alone. */
  static Optional<Problem> status(int status) {
    return switch (status) {
      case 404 -> Optional.of(new Problem(NOT_FOUND));
      case 405 -> Optional.of(new Problem(METHOD_NOT_ALLOWED));
      case 406 -> Optional.of(new Problem(NOT_ACCEPTABLE));
      // Bodies fail with an exception of their own: by status alone only the head is too large.
      case 413, 414, 431 -> Optional.of(new Problem(HEADERS_TOO_LARGE));
      case 415 -> Optional.of(new Problem(UNSUPPORTED_MEDIA_TYPE));
      default ->
          status >= 400 && status < 500
              ? Optional.of(new Problem(MALFORMED_REQUEST))
              : Optional.empty();
    };
  }

  /** An error of ours, under an id that the log has too. */
  static Problem internal(String id) {
    return new Problem(INTERNAL_ERROR, id);
  }
}
