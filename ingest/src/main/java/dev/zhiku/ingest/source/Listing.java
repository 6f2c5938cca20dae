package dev.zhiku.ingest.source;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.outcome.IngestText;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The files at and below some paths of a source. Filled by one thread. */
final class Listing {
  /** By path: new files are written down in this order, so that neighbours change together. */
  private final Map<String, Seen> files = new TreeMap<>();

  private final Set<String> ignored = new HashSet<>();
  private final Set<String> unreadable = new HashSet<>();
  private final Set<String> hardLinks = new TreeSet<>();

  Map<String, Seen> files() {
    return files;
  }

  /** Temporary and system files. */
  Set<String> ignored() {
    return ignored;
  }

  /** Folders that exist and cannot be listed: what was known below them still stands. */
  Set<String> unreadable() {
    return unreadable;
  }

  /** Files that have further names, which may lie outside the source. */
  Set<String> hardLinks() {
    return hardLinks;
  }

  /** A detail of the source, with the folders and files here that an administrator should know. */
  Phrase noted(Phrase detail) {
    Phrase noted = detail;
    if (!unreadable.isEmpty()) {
      noted = noted.and(IngestText.of("folders.unreadable", unreadable.iterator().next()));
    }
    return hardLinks.isEmpty()
        ? noted
        : noted.and(IngestText.of("links.hard", hardLinks.size(), hardLinks.iterator().next()));
  }

  boolean belowUnreadable(String path) {
    return unreadable.stream()
        .anyMatch(folder -> folder.isEmpty() || path.startsWith(folder + "/"));
  }
}
