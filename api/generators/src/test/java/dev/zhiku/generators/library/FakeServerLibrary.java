package dev.zhiku.generators.library;

import dev.zhiku.answering.chat.ChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Models of a server, in memory. Thread-safe. */
public final class FakeServerLibrary implements ServerLibrary {
  public final List<String> names = new CopyOnWriteArrayList<>();
  public final CountDownLatch begun = new CountDownLatch(1);
  public volatile @Nullable ChatException trouble;
  public volatile boolean hangs;

  private void requireThere() {
    ChatException now = trouble;
    if (now != null) {
      throw now;
    }
  }

  @Override
  public List<InstalledModel> list() {
    requireThere();
    return new ArrayList<>(names).stream().map(FakeServerLibrary::model).toList();
  }

  private static InstalledModel model(String name) {
    return new InstalledModel(
        name,
        InstalledModel.Library.OLLAMA,
        4_683_075_271L,
        Optional.of("7.6B"),
        Optional.of("Q4_K_M"),
        OptionalInt.of(131_072),
        List.of("completion", "thinking"),
        Optional.empty());
  }

  @Override
  public Optional<InstalledModel> find(String name) {
    return list().stream().filter(model -> model.name().equals(name)).findFirst();
  }

  @Override
  public void pull(String name, PullProgress progress) throws InterruptedException {
    requireThere();
    progress.set(PullProgress.Phase.DOWNLOADING, 10, 100);
    begun.countDown();
    if (hangs) {
      new CountDownLatch(1).await();
    }
    names.add(name);
    progress.set(PullProgress.Phase.DOWNLOADING, 100, 100);
  }

  @Override
  public boolean remove(String name) {
    requireThere();
    return names.remove(name);
  }
}
