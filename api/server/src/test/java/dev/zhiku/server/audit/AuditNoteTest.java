package dev.zhiku.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AuditNoteTest {
  @Test
  void of_an_address_nothing_is_shown_that_may_be_a_secret() {
    assertThat(AuditNote.shown("http://10.0.0.5/hook?token=abc"))
        .isEqualTo("\"http://10.0.0.5/hook?...\"");
    assertThat(AuditNote.shown("http://10.0.0.5/hook")).isEqualTo("\"http://10.0.0.5/hook\"");
    assertThat(AuditNote.shown("id-card, phone")).isEqualTo("\"id-card, phone\"");
    assertThat(AuditNote.shown("x".repeat(500))).hasSizeLessThan(130);
  }
}
