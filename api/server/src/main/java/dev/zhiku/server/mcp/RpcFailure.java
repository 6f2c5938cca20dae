package dev.zhiku.server.mcp;

/**
 * A message that this server cannot take, with the number that JSON-RPC or the protocol gives it.
 */
final class RpcFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int PARSE = -32_700;
  static final int INVALID_REQUEST = -32_600;
  static final int METHOD_NOT_FOUND = -32_601;
  static final int INVALID_PARAMS = -32_602;
  static final int INTERNAL = -32_603;
  static final int RESOURCE_NOT_FOUND = -32_002;

  private final int number;
  private final String said;

  RpcFailure(int number, String said) {
    super(number + " " + said);
    this.number = number;
    this.said = said;
  }

  int number() {
    return number;
  }

  /** What is wrong and what to do, for whoever reads the client's log. */
  String said() {
    return said;
  }
}
