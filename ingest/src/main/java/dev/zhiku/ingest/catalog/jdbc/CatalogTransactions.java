package dev.zhiku.ingest.catalog.jdbc;

import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Transactions on the catalogue, many that read and one that writes. Thread-safe. */
@Singleton
final class CatalogTransactions {
  private final CatalogConnections connections;
  private final JdbcOperations jdbc;
  private final TransactionOperations<Connection> transactions;
  private final Tallies tallies;
  private final ReentrantLock writing = new ReentrantLock();

  CatalogTransactions(
      CatalogConnections connections,
      @Named(CatalogDatabase.DATASOURCE) JdbcOperations jdbc,
      @Named(CatalogDatabase.DATASOURCE) TransactionOperations<Connection> transactions,
      Tallies tallies) {
    this.connections = connections;
    this.tallies = tallies;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  /**
   * @throws CatalogUnavailableException if the database is closed, or fails and is closed thereby
   */
  <T> T read(Supplier<T> work) {
    return closingIfBroken(() -> transactions.executeRead(status -> work.get()));
  }

  /**
   * One after another: two transactions that change many rows in different orders, as a renewal of
   * leases and a group of results do, would wait for each other until the database breaks one of
   * them.
   *
   * @throws CatalogUnavailableException if the database is closed, or fails and is closed thereby:
   *     the transaction may have been made durable or not
   */
  <T> T write(Supplier<T> work) {
    writing.lock();
    try {
      return closingIfBroken(
          () ->
              transactions.executeWrite(
                  status -> {
                    T result = work.get();
                    tallies.write();
                    return result;
                  }));
    } finally {
      tallies.forget();
      writing.unlock();
    }
  }

  /**
   * Makes room of overwritten rows usable again, between two transactions that write.
   *
   * @throws CatalogUnavailableException if the database is closed, or fails and is closed thereby
   */
  void compact() {
    writing.lock();
    try {
      closingIfBroken(connections::compact);
    } finally {
      writing.unlock();
    }
  }

  private <T> T closingIfBroken(Supplier<T> transaction) {
    DataSource before = connections.current();
    try {
      return transaction.get();
    } catch (RuntimeException e) {
      if (!DatabaseFault.isBehind(e)) {
        throw e;
      }
      connections.broken(before, e);
      throw new CatalogUnavailableException("the catalogue failed", e);
    }
  }

  /** Makes something of the row that the cursor stands on. */
  interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  /** Rows of a statement that no repository can state; within a transaction. */
  <T> List<T> select(String sql, FilterSql condition, Reading<T> reading) {
    return jdbc.prepareStatement(
        sql,
        statement -> {
          bind(statement, condition.parameters());
          List<T> found = new ArrayList<>();
          try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
              found.add(reading.read(rows));
            }
          }
          return found;
        });
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }

  /** The document that the cursor stands on. */
  DocumentRow document(ResultSet rows) {
    return jdbc.readEntity(rows, DocumentRow.class);
  }
}
