package dev.zhiku.ingest.health;

/**
 * How much room the service has.
 *
 * @param mode what may be written
 * @param freeBytes on the fullest of its disks
 * @param keepFreeBytes what is left for others: below it nothing new is taken in
 */
public record DiskState(Mode mode, long freeBytes, long keepFreeBytes) {
  /** The writes that are allowed. */
  public enum Mode {
    /** Everything. */
    READ_WRITE,

    /** No new files are read and no uploads taken; what went from the folders is still removed. */
    READ_ONLY,

    /** Nothing at all: every store would fail. */
    FULL
  }

  /** Whether new files are left alone. */
  public boolean isReadOnly() {
    return mode != Mode.READ_WRITE;
  }
}
