package dev.zhiku.api.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;

/** A generation that broke off, as a problem document. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record FailedAnswer(
    String type, String title, int status, String code, String detail, String remedy) {

  static FailedAnswer of(AnswerEvent.Failed failed, int status) {
    return new FailedAnswer(
        "urn:zhiku:problem:" + failed.code(),
        failed.detail(),
        status,
        failed.code(),
        failed.detail(),
        failed.remedy());
  }
}
