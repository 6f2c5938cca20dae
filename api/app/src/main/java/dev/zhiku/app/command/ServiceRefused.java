package dev.zhiku.app.command;

/** The service said no, or could not be reached. */
final class ServiceRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String remedy;

  ServiceRefused(String code, String detail, String remedy) {
    super(code + ": " + detail);
    this.remedy = remedy;
  }

  String remedy() {
    return remedy;
  }
}
