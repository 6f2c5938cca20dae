package dev.zhiku.server.backup;

import java.util.Locale;

/** Why a backup is not used or a folder not restored to, and the way out; nothing was changed. */
public final class BackupRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The rule that was broken. */
  public enum Rule {
    /** The file is no backup of Zhiku. */
    BACKUP_FOREIGN,
    /** A newer version of Zhiku made it. */
    BACKUP_NEWER,
    /** It is not, byte for byte, what was written. */
    BACKUP_DAMAGED,
    /** It is encrypted, and the passphrase is missing or another one. */
    BACKUP_PASSPHRASE,
    /** It holds a file that would come to lie elsewhere than where it belongs. */
    BACKUP_UNSAFE,
    /** There is something where it should go. */
    FOLDER_NOT_EMPTY;

    /** As it is printed. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final Rule rule;
  private final String remedy;

  public BackupRefused(Rule rule, String detail, String remedy) {
    super(detail);
    this.rule = rule;
    this.remedy = remedy;
  }

  static BackupRefused damaged(String what) {
    return new BackupRefused(
        Rule.BACKUP_DAMAGED,
        "The backup is damaged: " + what + ".",
        "Copy it again from where it was kept, or take an earlier one.");
  }

  public Rule rule() {
    return rule;
  }

  public String remedy() {
    return remedy;
  }
}
