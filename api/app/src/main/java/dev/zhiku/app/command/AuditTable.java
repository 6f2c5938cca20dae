package dev.zhiku.app.command;

import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditRecord;
import java.util.List;
import java.util.stream.Collectors;

/** Records of the audit log as a table of comma-separated values (RFC 4180). Pure. */
final class AuditTable {
  static final String HEADER =
      "number,at,what,who,role,behalf,from,request,subject,outcome,answer,backend,model,"
          + "prompt_form,epoch,files,question,hash\r\n";

  private AuditTable() {}

  static String row(AuditRecord record) {
    AuditEvent event = record.event();
    return List.of(
                Long.toString(record.number()),
                record.at().toString(),
                event.what(),
                event.who(),
                event.role(),
                event.behalf(),
                event.from(),
                event.request(),
                event.subject(),
                event.outcome(),
                event.answer().map(AuditEvent.AnswerFacts::id).orElse(""),
                event.answer().map(AuditEvent.AnswerFacts::backend).orElse(""),
                event.answer().map(AuditEvent.AnswerFacts::model).orElse(""),
                event.answer().map(AuditEvent.AnswerFacts::promptForm).orElse(""),
                event.answer().map(facts -> Long.toString(facts.epoch())).orElse(""),
                event.answer().map(facts -> String.join(" ", facts.files())).orElse(""),
                event.answer().flatMap(AuditEvent.AnswerFacts::question).orElse(""),
                record.hash())
            .stream()
            .map(AuditTable::cell)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  /** What begins like a formula is none to a spreadsheet: names and questions come from anybody. */
  private static String cell(String text) {
    String plain = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
    return plain.matches("(?s).*[\",\\r\\n].*") ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
  }
}
