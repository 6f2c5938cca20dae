package dev.zhiku.server.identity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a key may do. */
public enum Role {
  /** Read and ask. */
  READER(EnumSet.of(Right.STATUS, Right.READ)),
  /** Also upload. */
  UPLOADER(EnumSet.of(Right.STATUS, Right.READ, Right.UPLOAD)),
  /** Also delete, retry, and change models, settings and keys. */
  ADMIN(EnumSet.allOf(Right.class)),
  /** See who may do what and how the service is, and no documents. */
  AUDITOR(EnumSet.of(Right.STATUS, Right.AUDIT));

  private final Set<Right> rights;

  Role(Set<Right> rights) {
    this.rights = rights;
  }

  /** Whether a request that needs this right is let in. */
  public boolean may(Right right) {
    return rights.contains(right);
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
