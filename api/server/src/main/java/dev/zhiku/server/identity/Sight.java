package dev.zhiku.server.identity;

import dev.zhiku.answering.search.Scope;
import dev.zhiku.index.Filter;

/** What askers who were let in a while ago may see now. Thread-safe. */
public final class Sight {
  private final AccessRules rules;
  private final Subjects subjects;

  public Sight(Identities identities) {
    this.rules = identities.rules();
    this.subjects = new Subjects(identities);
  }

  /** The documents that somebody may see now. */
  public Filter now(Scope asker) {
    return asker.administers()
        ? asker.visible()
        : rules.visible(asker.principal(), subjects.role(asker.principal()));
  }

  /** Whether somebody may see the same as when he was let in. */
  public boolean stands(Scope asker) {
    return now(asker).equals(asker.visible());
  }
}
