package dev.zhiku.api.backend.llamacpp;

import java.util.Optional;

/**
 * How turns become a prompt, best first. A kind that the model's template does not stand, up to
 * ending the process, is followed by the next.
 */
enum TemplateKind {
  /** The template in the model's file. */
  OWN,
  /** The same, with the system's words before the first question: some templates know no system. */
  MERGED,
  /** {@link PlainTemplate}, for a file without a template or with an unusable one. */
  PLAIN;

  /** What to try when this one ended the process. */
  Optional<TemplateKind> next() {
    return switch (this) {
      case OWN -> Optional.of(MERGED);
      case MERGED -> Optional.of(PLAIN);
      case PLAIN -> Optional.empty();
    };
  }
}
