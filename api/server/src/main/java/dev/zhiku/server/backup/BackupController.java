package dev.zhiku.server.backup;

import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.http.Problems;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups while the service runs. */
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class BackupController {
  private static final Logger LOG = LoggerFactory.getLogger(BackupController.class);

  private final Backups backups;

  BackupController(Backups backups) {
    this.backups = backups;
  }

  /**
   * Makes a backup in the folder {@code backups} of the data folder, which does not leave the
   * machine; questions are answered meanwhile, and files taken in.
   */
  @Post(value = "/backup", consumes = MediaType.ALL)
  @Operation(operationId = "makeBackup", summary = "Make a backup beside the data")
  @ApiResponse(
      responseCode = "201",
      description = "the backup is on the disk",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = BackupView.class)))
  HttpResponse<BackupView> make(HttpRequest<?> request) throws IOException, InterruptedException {
    Backups.Made made = backups.make(Backups.Kind.ASKED);
    LOG.info(
        "A backup was made for {}: {}; changes of documents waited {} ms for it",
        RequestScope.of(request).client(),
        made.file(),
        made.pause().toMillis());
    Manifest manifest = made.manifest();
    return HttpResponse.created(
        new BackupView(
            String.valueOf(made.file().getFileName()),
            Files.size(made.file()),
            manifest.madeAt(),
            manifest.epochs(),
            manifest.parts().size(),
            made.pause().toMillis()));
  }

  /**
   * A backup that was made.
   *
   * @param file its name in the folder of backups
   * @param epochs of the stores at that moment
   * @param parts files in it
   * @param pauseMillis for how long changes of documents had to wait
   */
  @Schema(name = "Backup")
  @Serdeable(naming = SnakeCaseStrategy.class)
  record BackupView(
      String file,
      long bytes,
      Instant madeAt,
      Map<String, Long> epochs,
      int parts,
      long pauseMillis) {
    BackupView {
      epochs = Map.copyOf(epochs);
    }
  }
}
