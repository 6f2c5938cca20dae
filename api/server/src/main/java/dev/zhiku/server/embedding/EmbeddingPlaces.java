package dev.zhiku.server.embedding;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.embedding.EmbeddingTask.Vectors;
import dev.zhiku.server.http.LateJson;
import dev.zhiku.server.http.RequestId;
import dev.zhiku.server.identity.AskerUsage;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests for vectors that are computed at the same time: a few of each client, and of all
 * together no more than there is memory for. Each counts as a question of its key. Thread-safe.
 */
@Singleton
public final class EmbeddingPlaces {
  /** Most requests of one client at once. */
  public static final int MOST_OF_CLIENT = 4;

  /** Most requests at once. */
  public static final int MOST = 32;

  private final AskerUsage usage;
  private final Map<String, Integer> byClient = new HashMap<>();
  private int taken;

  EmbeddingPlaces(AskerUsage usage) {
    this.usage = usage;
  }

  /**
   * Begins to compute.
   *
   * @param form how the vectors are said
   * @throws Problem {@code too-many-requests} or {@code bodies-too-many} if there is no place
   */
  public LateJson.Reply start(
      EmbeddingTask task, Scope scope, Function<Vectors, HttpResponse<?>> form) {
    take(scope.client());
    try {
      usage.asked(scope);
    } catch (Problem refused) {
      giveBack(scope.client());
      throw refused;
    }
    FutureTask<Vectors> work = new FutureTask<>(task::compute);
    Thread.ofVirtual()
        .name("zhiku-embedding-request")
        .start(RequestId.carried(() -> run(work, scope)));
    return new Running(work, form);
  }

  private void run(FutureTask<Vectors> work, Scope scope) {
    try {
      work.run();
      if (work.state() == Future.State.SUCCESS) {
        usage.answered(scope, work.resultNow().tokens(), 0);
      }
    } finally {
      giveBack(scope.client());
    }
  }

  private synchronized void take(String client) {
    if (byClient.getOrDefault(client, 0) >= MOST_OF_CLIENT) {
      throw new Problem(ProblemCode.TOO_MANY_REQUESTS);
    }
    if (taken >= MOST) {
      throw new Problem(ProblemCode.BODIES_TOO_MANY);
    }
    taken++;
    byClient.merge(client, 1, Integer::sum);
  }

  private synchronized void giveBack(String client) {
    taken--;
    byClient.computeIfPresent(client, (c, of) -> of <= 1 ? null : Integer.valueOf(of - 1));
  }

  /** A request whose client waits; who leaves stops it. */
  private record Running(FutureTask<Vectors> work, Function<Vectors, HttpResponse<?>> form)
      implements LateJson.Reply {
    @Override
    public Optional<HttpResponse<?>> await(Duration patience) throws InterruptedException {
      try {
        return Optional.of(form.apply(work.get(patience.toMillis(), TimeUnit.MILLISECONDS)));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (CancellationException e) {
        throw new Problem(ProblemCode.SHUTTING_DOWN);
      } catch (ExecutionException e) {
        throw known(e.getCause());
      }
    }

    private static RuntimeException known(@Nullable Throwable failure) {
      return switch (failure) {
        case RuntimeException known -> known;
        case Error error -> throw error;
        case null, default -> new Problem(ProblemCode.SHUTTING_DOWN);
      };
    }

    @Override
    public void leave() {
      work.cancel(true);
    }
  }
}
