package dev.zhiku.server.erasure;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.catalog.DocumentCatalog;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.http.AcceptedLanguage;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.ServerText;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Clock;

/** Proofs of deletion, for auditors, and the end of what is left, for administrators. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "access")
final class ProofController {
  private final DeletionProof proof;
  private final Erasure erasure;
  private final DocumentCatalog catalog;
  private final AuditLog audit;
  private final Clock clock = Clock.systemUTC();

  ProofController(DeletionProof proof, Erasure erasure, DocumentCatalog catalog, AuditLog audit) {
    this.proof = proof;
    this.erasure = erasure;
    this.catalog = catalog;
    this.audit = audit;
  }

  /** What was deleted, when and by whom, where was looked for what is left, and what was found. */
  @Get("/audit/proof/{document}")
  @Operation(operationId = "proveDeletion", summary = "Prove the deletion of a document")
  ProofView prove(HttpRequest<?> request, String document)
      throws IOException, InterruptedException {
    return view(request, id(document));
  }

  /**
   * Takes out at once what is left of a document that is not there any more, the file in the trash
   * too: it cannot be brought back then.
   */
  @Post(value = "/documents/{id}/erase", consumes = MediaType.ALL)
  @Operation(operationId = "eraseDocument", summary = "Erase what is left of a deleted document")
  ProofView erase(HttpRequest<?> request, String id) throws IOException, InterruptedException {
    DocumentId document = id(id);
    if (catalog.find(document).isPresent()) {
      throw new Problem(ProblemCode.VALUE_OUT_OF_RANGE, "id", ServerText.of("rule.deleted"));
    }
    erasure.now(document);
    return view(request, document);
  }

  private static DocumentId id(String text) {
    if (!DocumentId.isWellFormed(text)) {
      throw new Problem(ProblemCode.DOCUMENT_NOT_FOUND);
    }
    return new DocumentId(text);
  }

  private ProofView view(HttpRequest<?> request, DocumentId document)
      throws IOException, InterruptedException {
    return ProofView.of(
        proof.of(document, clock.instant()), audit.head().toString(), AcceptedLanguage.of(request));
  }
}
