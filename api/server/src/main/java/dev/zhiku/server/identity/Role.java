package dev.zhiku.server.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may do. */
public enum Role {
  /** Read and ask. */
  READER,
  /** Also upload. */
  UPLOADER,
  /** Also delete, retry, and change models, settings and keys. */
  ADMIN,
  /** See who may do what and how the service is, and no documents. */
  AUDITOR;

  /** Whether a request that needs this right is let in. */
  public boolean may(Right right) {
    return switch (this) {
      case READER -> right == Right.STATUS || right == Right.READ;
      case UPLOADER -> right == Right.UPLOAD || READER.may(right);
      case AUDITOR -> right == Right.STATUS || right == Right.AUDIT;
      case ADMIN -> true;
    };
  }

  /** Lower-case name used on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this name on the wire; empty if there is none. */
  public static Optional<Role> named(String name) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(name)).findFirst();
  }
}
