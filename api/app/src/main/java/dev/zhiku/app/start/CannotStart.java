package dev.zhiku.app.start;

/** Why a command ends with exit code 2: a stable code, what happened, and the way out. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Codes of the contract. */
  public enum Code {
    PORT_IN_USE("port-in-use"),
    DATA_IN_USE("data-in-use"),
    DATA_TOO_NEW("data-too-new"),
    BAD_CONFIGURATION("bad-configuration"),
    NO_ACCESS_KEY("no-access-key"),
    TOO_FEW_DESCRIPTORS("too-few-descriptors"),
    EMBEDDER_AWAY("embedder-away");

    private final String wireName;

    Code(String wireName) {
      this.wireName = wireName;
    }

    /** Kebab-case name that is printed. */
    public String wireName() {
      return wireName;
    }
  }

  private final Code code;

  public CannotStart(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
