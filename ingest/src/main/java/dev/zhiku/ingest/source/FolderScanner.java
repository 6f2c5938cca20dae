package dev.zhiku.ingest.source;

import dev.zhiku.ingest.catalog.FileStamp;
import dev.zhiku.ingest.outcome.Reason;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Looks through a folder without following links. One look at a time. */
final class FolderScanner {
  /** Deepest folder looked into. */
  static final int MAX_DEPTH = 100;

  private static final FileStamp NO_STAMP = new FileStamp(0, Instant.EPOCH, "");

  private final SourceRoot root;
  private final FileRules rules;
  private final BiConsumer<String, Path> folderSeen;

  /**
   * @param folderSeen told of each folder before it is listed, so that a watch set there misses
   *     nothing
   */
  FolderScanner(SourceRoot root, FileRules rules, BiConsumer<String, Path> folderSeen) {
    this.root = root;
    this.rules = rules;
    this.folderSeen = folderSeen;
  }

  /** Paths without those that lie below another of them. */
  static List<String> outermost(Set<String> paths) {
    return paths.stream().filter(path -> !belowAnother(path, paths)).toList();
  }

  private static boolean belowAnother(String path, Set<String> paths) {
    int end = path.indexOf('/');
    while (end > 0) {
      if (paths.contains(path.substring(0, end))) {
        return true;
      }
      end = path.indexOf('/', end + 1);
    }
    return false;
  }

  /**
   * Adds what lies at the path, and all below it.
   *
   * @param path inside the source; empty for the whole source
   * @throws IOException if the source's folder itself cannot be listed
   */
  void scan(String path, Listing listing) throws IOException {
    if (path.isEmpty()) {
      folderSeen.accept("", root.folder());
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.folder())) {
        for (Path entry : entries) {
          scan(entry, entry.getFileName().toString(), 1, listing);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
      return;
    }
    if (reachable(path)) {
      scan(root.resolve(path), path, path.split("/", -1).length, listing);
    }
  }

  /** The file at the path as it is now, spelled exactly so. */
  Optional<Seen> find(String path) {
    Listing listing = new Listing();
    if (reachable(path)) {
      Path file = root.resolve(path);
      try {
        BasicFileAttributes attributes = attributes(file);
        if (!attributes.isDirectory() && spelled(file)) {
          place(file, path, attributes, 1, listing);
        }
      } catch (IOException e) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(listing.files().get(path));
  }

  /** Where letter case does not matter to the system, another spelling would be found as well. */
  private static boolean spelled(Path file) throws IOException {
    return file.toRealPath(LinkOption.NOFOLLOW_LINKS)
        .getFileName()
        .toString()
        .equals(file.getFileName().toString());
  }

  /** Whether every folder above is one that a scan of the whole source would go into. */
  private boolean reachable(String path) {
    int end = path.indexOf('/');
    while (end > 0) {
      String folder = path.substring(0, end);
      if (!enters(folder)) {
        return false;
      }
      end = path.indexOf('/', end + 1);
    }
    return true;
  }

  private boolean enters(String folder) {
    Path directory = root.resolve(folder);
    return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        && !FileRules.temporary(directory.getFileName().toString())
        && !hidden(directory)
        && !rules.excludesFolder(Path.of(folder));
  }

  private static boolean hidden(Path file) {
    try {
      return Files.isHidden(file) || file.getFileName().toString().startsWith(".");
    } catch (IOException e) {
      return false;
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private void scan(Path file, String path, int depth, Listing listing) {
    try {
      place(file, path, attributes(file), depth, listing);
    } catch (NoSuchFileException gone) {
      // Deleted between listing and look: as if it had never been listed.
    } catch (IOException e) {
      cannotRead(path, e, listing);
    }
  }

  private void place(
      Path file, String path, BasicFileAttributes attributes, int depth, Listing listing) {
    String name = file.getFileName().toString();
    if (name.equals(FileRules.STAGING)) {
      return;
    }
    if (FileRules.temporary(name)) {
      listing.ignored().add(path);
      return;
    }
    FileStamp stamp = SourceRoot.stamp(attributes);
    Optional<Reason> refusal = refusal(file, path, attributes, depth);
    if (refusal.isPresent()) {
      listing.files().put(shownPath(file, path), new Seen.Refused(stamp, refusal.get()));
    } else if (attributes.isDirectory()) {
      list(file, path, depth, listing);
    } else {
      listing.files().put(path, new Seen.Candidate(stamp));
      if (HardLinks.hasOthers(file)) {
        listing.hardLinks().add(path);
      }
    }
  }

  private Optional<Reason> refusal(
      Path file, String path, BasicFileAttributes attributes, int depth) {
    Optional<Reason> name = FileRules.unusable(file, path);
    if (name.isPresent()) {
      return name;
    }
    if (attributes.isSymbolicLink()) {
      return reason(staysInside(file) ? ReasonCode.LINK : ReasonCode.LINK_OUTSIDE_SOURCE);
    }
    if (hidden(file)) {
      return reason(ReasonCode.HIDDEN);
    }
    if (attributes.isDirectory()) {
      return refusalOfFolder(path, depth);
    }
    if (CloudPlaceholder.is(file)) {
      return reason(ReasonCode.CLOUD_ONLY);
    }
    if (!attributes.isRegularFile()) {
      return reason(ReasonCode.NOT_A_REGULAR_FILE);
    }
    return rules.excludesFile(Path.of(path)) ? reason(ReasonCode.EXCLUDED) : Optional.empty();
  }

  private Optional<Reason> refusalOfFolder(String path, int depth) {
    if (depth >= MAX_DEPTH) {
      return Optional.of(
          new Reason(ReasonCode.UNUSABLE_NAME, "more than " + MAX_DEPTH + " folders deep"));
    }
    return rules.excludesFolder(Path.of(path)) ? reason(ReasonCode.EXCLUDED) : Optional.empty();
  }

  private boolean staysInside(Path link) {
    try {
      return link.toRealPath().startsWith(root.folder().toRealPath());
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Reason> reason(ReasonCode code) {
    return Optional.of(Reason.of(code));
  }

  private static void cannotRead(String path, Exception why, Listing listing) {
    Reason reason = new Reason(ReasonCode.UNREADABLE, why.getClass().getSimpleName());
    listing.unreadable().add(path);
    listing.files().put(path, new Seen.Refused(NO_STAMP, reason));
  }

  private void list(Path directory, String path, int depth, Listing listing) {
    folderSeen.accept(path, directory);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        scan(entry, path + "/" + entry.getFileName(), depth + 1, listing);
      }
    } catch (NoSuchFileException | NotDirectoryException gone) {
      // Deleted or replaced since: the next look at its parent shows what is there now.
    } catch (IOException | DirectoryIteratorException e) {
      cannotRead(path, e, listing);
    }
  }

  /** The path as a row holds it: a name that cannot be used is written as in a web address. */
  private static String shownPath(Path file, String path) {
    return FileRules.unusable(file, path).isEmpty() ? path : EscapedName.of(file, path);
  }

  /** The path under which the catalogue has what lies at this one. */
  String shownPath(String path) {
    return shownPath(root.resolve(path), path);
  }
}
