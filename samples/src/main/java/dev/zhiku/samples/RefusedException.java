package dev.zhiku.samples;

/** The service understood the request and declined it, saying why and what to do about it. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String reason, String remedy) {
    super(remedy.isEmpty() ? reason : reason + System.lineSeparator() + remedy);
  }
}
