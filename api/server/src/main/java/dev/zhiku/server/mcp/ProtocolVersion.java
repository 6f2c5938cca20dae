package dev.zhiku.server.mcp;

import java.util.List;

/** The versions of the protocol that this server speaks. */
final class ProtocolVersion {
  /** Newest first. */
  static final List<String> ALL = List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

  private ProtocolVersion() {}

  /** The one that a client asks for, or the newest, which it may take or leave. */
  static String answering(String asked) {
    return ALL.contains(asked) ? asked : ALL.getFirst();
  }
}
