package dev.zhiku.server.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.answer.AnswerEvent;
import io.micronaut.serde.annotation.Serdeable;

/** A generation that broke off, as a problem document. */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
record FailedAnswer(
    String type, String title, int status, String code, String detail, String remedy) {

  static FailedAnswer of(AnswerEvent.Failed failed) {
    String code = failed.code().wireName();
    return new FailedAnswer(
        "urn:zhiku:problem:" + code,
        failed.detail(),
        WireMapping.status(failed.code()),
        code,
        failed.detail(),
        failed.remedy());
  }
}
