package dev.zhiku.ingest.catalog;

import dev.zhiku.index.message.Phrase;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a source between scans and restarts.
 *
 * @param rootKey device and inode of the folder when it was last scanned; empty before
 * @param online the folder can be listed
 * @param held nothing is removed until the folder is back or an administrator confirms
 * @param detail why it is offline, held or switched off; empty when all is well
 * @param ignored temporary and system files of the last scan
 * @param files files of the last scan that was not held
 * @param confirmed an administrator said that the folder is as it should be
 * @param off switched off for good: samples after the first own file
 */
public record SourceRecord(
    String name,
    String root,
    String rootKey,
    boolean online,
    boolean held,
    Phrase detail,
    Optional<Instant> lastScanAt,
    long ignored,
    long files,
    boolean confirmed,
    boolean off) {

  /** A source that was never scanned. */
  public static SourceRecord unseen(String name, String root) {
    return new SourceRecord(
        name, root, "", true, false, Phrase.NONE, Optional.empty(), 0, 0, false, false);
  }

  /** Scanned without anything to say. */
  public SourceRecord scanned(String key, Instant at, long ignoredFiles, long seenFiles) {
    return new SourceRecord(
        name,
        root,
        key,
        true,
        false,
        Phrase.NONE,
        Optional.of(at),
        ignoredFiles,
        seenFiles,
        false,
        off);
  }

  /** Cannot be listed, or must not be believed. */
  public SourceRecord hold(boolean isOnline, Phrase why) {
    return new SourceRecord(
        name, root, rootKey, isOnline, true, why, lastScanAt, ignored, files, confirmed, off);
  }

  /** The same with other words. */
  public SourceRecord withDetail(Phrase words) {
    return new SourceRecord(
        name, root, rootKey, online, held, words, lastScanAt, ignored, files, confirmed, off);
  }

  /** The same with another count of temporary and system files. */
  public SourceRecord withIgnored(long count) {
    return new SourceRecord(
        name, root, rootKey, online, held, detail, lastScanAt, count, files, confirmed, off);
  }

  /** As an administrator confirmed it. */
  public SourceRecord confirm() {
    return new SourceRecord(
        name, root, rootKey, online, held, detail, lastScanAt, ignored, files, true, off);
  }

  /** For good. */
  public SourceRecord switchOff(Phrase why) {
    return new SourceRecord(name, root, rootKey, online, false, why, lastScanAt, 0, 0, false, true);
  }
}
