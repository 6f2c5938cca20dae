package dev.zhiku.server.masking;

import dev.zhiku.answering.masking.MaskedKind;
import dev.zhiku.answering.masking.Masking;
import dev.zhiku.server.identity.Role;
import java.util.List;

/**
 * What is covered from whom, by role; {@code zhiku.masking}. Nothing is from administrators, who
 * could uncover it.
 */
public record MaskingConfig(
    List<MaskedKind> reader, List<MaskedKind> uploader, List<MaskedKind> auditor) {
  /** Nothing from anybody. */
  public static final MaskingConfig NOTHING = new MaskingConfig(List.of(), List.of(), List.of());

  public MaskingConfig {
    reader = List.copyOf(reader);
    uploader = List.copyOf(uploader);
    auditor = List.copyOf(auditor);
  }

  /** What is covered from those of a role. */
  public Masking of(Role role) {
    return Masking.of(
        switch (role) {
          case READER -> reader;
          case UPLOADER -> uploader;
          case AUDITOR -> auditor;
          case ADMIN -> List.of();
        });
  }
}
