package dev.zhiku.ingest.catalog.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.zhiku.ingest.catalog.CatalogUnavailableException;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.exceptions.DataAccessException;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to the catalogue's file, which can be closed and opened again while the beans that
 * use them live on: H2 closes its file for good when a write fails. Opened with the context, so
 * that nobody seals the file meanwhile. Thread-safe.
 */
@Context
@Requires(property = CatalogDatabase.DIRECTORY)
final class CatalogConnections {
  /** Enough for every worker, every source and the requests that look at the catalogue. */
  static final int CONNECTIONS = 8;

  /** All connections taken, or a database that does not come up. */
  static final long CONNECTION_TIMEOUT_MILLIS = 10_000;

  /** Less of the file's parts than this in use means that some are written anew. */
  private static final int FILL_PERCENT = 70;

  /** Written anew at a time: some hundredths of a second in which nobody else writes. */
  private static final int COMPACTED_BYTES = 2 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(CatalogConnections.class);

  private final Path directory;
  private volatile Optional<HikariDataSource> open;

  /** A file in which compacting failed grows until the next start. */
  private volatile boolean compactable = true;

  /**
   * @param directory of a database that {@link CatalogDatabase#prepare} has found sound
   */
  CatalogConnections(@Property(name = CatalogDatabase.DIRECTORY) String directory) {
    this.directory = Path.of(directory);
    this.open = Optional.of(pool());
  }

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setPoolName(CatalogDatabase.DATASOURCE);
    config.setJdbcUrl(CatalogDatabase.url(directory));
    config.setUsername(CatalogDatabase.USER);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    return new HikariDataSource(config);
  }

  /** Whether it is not closed because of a fault. */
  boolean isOpen() {
    return open.isPresent();
  }

  /**
   * The connections as they are now; tell {@link #broken} of them and of no later ones.
   *
   * @throws CatalogUnavailableException if they were closed because of a fault
   */
  DataSource current() {
    return open.orElseThrow(
        () -> new CatalogUnavailableException("the catalogue is closed after a fault"));
  }

  /** Closes the file, so that nothing more is written before it has been looked at. */
  void broken(DataSource which, Throwable fault) {
    HikariDataSource closing;
    synchronized (this) {
      if (open.isEmpty() || open.get() != which) {
        return;
      }
      closing = open.get();
      open = Optional.empty();
    }
    LOG.warn("The catalogue is closed after a fault: {}", fault.toString());
    closing.close();
    CatalogDatabase.letGo(directory);
  }

  /**
   * Writes what is still in use of mostly dead parts of the file anew, so that later transactions
   * overwrite those parts; the file grows no further. H2 does so by itself only with a write delay,
   * with which it loses acknowledged transactions when it is killed. Nothing is moved and the file
   * is not shortened: H2 2.3.232 fails in the midst of that. To be called between transactions;
   * without effect once it has failed.
   *
   * @return whether anything was written anew
   */
  boolean compact() {
    if (!compactable) {
      return false;
    }
    compactable = false;
    boolean written = compactOpen();
    compactable = true;
    return written;
  }

  private boolean compactOpen() {
    try (Connection connection = current().getConnection()) {
      boolean written = false;
      if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
        MVStore store = session.getDatabase().getStore().getMvStore();
        written = store.compact(FILL_PERCENT, COMPACTED_BYTES);
        if (written) {
          store.commit();
        }
      }
      return written;
    } catch (MVStoreException e) {
      throw new DataAccessException("compacting failed", DbException.toSQLException(e));
    } catch (SQLException e) {
      throw new DataAccessException("compacting failed", e);
    }
  }

  /**
   * Opens the file again as at a start: it is checked, and replaced if it is damaged.
   *
   * @param indexEpoch of the last commit of the index
   * @return what was damaged; empty if nothing was, or if it is open already
   * @throws CatalogUnavailableException if that cannot be done yet
   */
  synchronized Optional<String> reopen(long indexEpoch) {
    if (open.isPresent()) {
      return Optional.empty();
    }
    try {
      CatalogDatabase.letGo(directory);
      Optional<String> damage = CatalogDatabase.prepare(directory, indexEpoch).damage();
      open = Optional.of(pool());
      LOG.info("The catalogue is open again.");
      return damage;
    } catch (RuntimeException e) {
      throw new CatalogUnavailableException("the catalogue cannot be opened yet", e);
    }
  }

  @PreDestroy
  synchronized void close() {
    open.ifPresent(HikariDataSource::close);
    open = Optional.empty();
  }
}
