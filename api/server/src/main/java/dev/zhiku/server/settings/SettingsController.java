package dev.zhiku.server.settings;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.server.access.RequestScope;
import dev.zhiku.server.audit.AuditNote;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.Problems;
import dev.zhiku.server.http.RequestBodies;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;

/** Settings, for administrators. */
@Controller("/settings")
@ExecuteOn(TaskExecutors.BLOCKING)
@Problems
@Tag(name = "service")
final class SettingsController {
  private static final int MAX_BODY_BYTES = 16 * 1_024;

  private final SettingsControl settings;
  private final RequestBodies bodies;

  SettingsController(SettingsControl settings, RequestBodies bodies) {
    this.settings = settings;
    this.bodies = bodies;
  }

  /** Every setting with its value, where that is from, and whether it can be changed here. */
  @Get
  @Operation(operationId = "listSettings", summary = "List the settings")
  SettingView.Page list() {
    return new SettingView.Page(settings.all().stream().map(SettingView::of).toList());
  }

  /** One setting. */
  @Get("/{key}")
  @Operation(operationId = "getSetting", summary = "One setting")
  SettingView get(String key) {
    return SettingView.of(settings.get(key));
  }

  /** Sets one, in settings.yml of the data folder; a live one holds from the next request on. */
  @Put("/{key}")
  @Operation(
      operationId = "changeSetting",
      summary = "Change a setting",
      requestBody =
          @RequestBody(
              required = true,
              content =
                  @Content(
                      mediaType = MediaType.APPLICATION_JSON,
                      schema = @Schema(implementation = SettingView.Body.class))))
  SettingView change(HttpRequest<?> request, String key) {
    JsonFields body =
        bodies.json(
            request, RequestScope.of(request).client(), MAX_BODY_BYTES, SettingView.Body.class);
    return set(request, key, Optional.of(body.text("value").orElse("")));
  }

  /** Takes back what was set here: what comes before it holds again. */
  @Delete(value = "/{key}", consumes = MediaType.ALL)
  @Operation(operationId = "resetSetting", summary = "Take a setting back")
  SettingView reset(HttpRequest<?> request, String key) {
    return set(request, key, Optional.empty());
  }

  private SettingView set(HttpRequest<?> request, String key, Optional<String> value) {
    SettingsControl.Setting before = settings.get(key);
    if (before.onMachine() && !RequestScope.of(request).principal().equals(Principal.MACHINE)) {
      throw new Problem(ProblemCode.SETTING_ON_MACHINE, "zhiku." + key);
    }
    SettingsControl.Setting after = settings.change(key, value);
    AuditNote.add(
        request, AuditNote.shown(before.value()) + " -> " + AuditNote.shown(after.value()));
    return SettingView.of(after);
  }
}
