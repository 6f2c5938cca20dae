package dev.zhiku.server.identity.jdbc;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.server.identity.Change;
import io.micronaut.context.annotation.Requires;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reading and writing the service database: one writer at a time, each change numbered, and every
 * failure the problem {@code access-unavailable}. Thread-safe.
 */
@Singleton
@Requires(property = ServiceDatabase.DIRECTORY)
public final class ServiceTransactions {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceTransactions.class);
  private static final int MAX_DETAIL = 4_000;
  private static final int MAX_SUBJECT = 300;

  private final ServiceConnections connections;
  private final TransactionOperations<Connection> transactions;
  private final ChangeRows changes;
  private final ReentrantLock writing = new ReentrantLock();

  ServiceTransactions(
      ServiceConnections connections,
      @Named(ServiceDatabase.DATASOURCE) TransactionOperations<Connection> transactions,
      ChangeRows changes) {
    this.connections = connections;
    this.transactions = transactions;
    this.changes = changes;
  }

  /** Reads in one transaction. */
  public <T> T read(Supplier<T> work) {
    return told(() -> transactions.executeRead(status -> work.get()));
  }

  /** Writes in one transaction. */
  public void write(Runnable work) {
    writing.lock();
    try {
      told(
          () ->
              transactions.executeWrite(
                  status -> {
                    work.run();
                    return true;
                  }));
    } finally {
      writing.unlock();
    }
  }

  /** Writes in one transaction, with the changes; on return it outlives a loss of power. */
  public void write(Runnable work, List<Change> made) {
    write(
        () -> {
          work.run();
          made.forEach(this::add);
        });
    told(
        () -> {
          connections.force();
          return true;
        });
  }

  /**
   * The last changes of all kinds, newest first.
   *
   * @param most of them
   */
  public List<Change> changes(int most) {
    return read(() -> changes.last(most).stream().map(ChangeRow::change).toList());
  }

  private void add(Change change) {
    String detail = change.detail();
    String subject = change.subject();
    changes.save(
        new ChangeRow(
            changes.lastSeq() + 1,
            change.at().toEpochMilli(),
            change.who(),
            change.what(),
            subject.substring(0, Math.min(MAX_SUBJECT, subject.length())),
            detail.substring(0, Math.min(MAX_DETAIL, detail.length()))));
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      LOG.error("The service database failed", e);
      throw new Problem(ProblemCode.ACCESS_UNAVAILABLE);
    }
  }
}
