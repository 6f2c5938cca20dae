package dev.zhiku.ingest.source;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the system tells about changes in a folder: a hint and never the truth, for systems lose
 * events, run out of watches and know nothing of shares. Used by one thread, save {@link #close}.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);

  private final WatchService service;
  private final Map<WatchKey, String> folders = new HashMap<>();
  private String failure = "";

  private FolderWatch(WatchService service) {
    this.service = service;
  }

  /** A watch on nothing yet. */
  static FolderWatch open() throws IOException {
    return new FolderWatch(FileSystems.getDefault().newWatchService());
  }

  /**
   * Watches one folder, not those below. A folder watched before, under another path too, goes on
   * under this one.
   */
  void add(String path, Path folder) {
    if (!failure.isEmpty()) {
      return;
    }
    try {
      folders.put(
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE),
          path);
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
  }

  /** The reason why not every folder is watched and is scanned often instead; empty if all are. */
  String failure() {
    return failure;
  }

  /** Whether the system has events of its own; some JDKs only look every few seconds. */
  boolean reportsEvents() {
    return failure.isEmpty() && !service.getClass().getSimpleName().contains("Polling");
  }

  /**
   * Waits for events.
   *
   * @param most not longer than this
   * @return paths to look at again; an empty path is the whole source
   */
  Set<String> poll(Duration most) throws InterruptedException {
    Set<String> dirty = new HashSet<>();
    WatchKey key = service.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    while (key != null) {
      collect(key, dirty);
      key = service.poll();
    }
    return dirty;
  }

  private void collect(WatchKey key, Set<String> dirty) {
    String folder = folders.getOrDefault(key, "");
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
        LOG.info(
            "More changed at once in {} than the system reports; the folder is looked through.",
            key.watchable());
      }
      boolean named = event.context() instanceof Path name && spelled(name);
      dirty.add(named ? below(folder, String.valueOf(event.context())) : folder);
    }
    if (!key.reset()) {
      folders.remove(key);
      dirty.add(folder);
    }
  }

  /** Whether the name can be written and found again; otherwise its folder is listed. */
  private static boolean spelled(Path name) {
    return name.toString().indexOf('\uFFFD') < 0;
  }

  private static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
  }
}
