package dev.zhiku.server.identity.jdbc;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The source of connections to the service database; what only H2 knows is here. */
@Factory
@Requires(property = ServiceDatabase.DIRECTORY)
final class ServiceConnections {
  private static final Logger LOG = LoggerFactory.getLogger(ServiceConnections.class);

  private final ServiceDataSource source;

  ServiceConnections(@Property(name = ServiceDatabase.DIRECTORY) String directory) {
    source = new ServiceDataSource(ServiceDatabase.url(Path.of(directory)));
  }

  @Singleton
  @Named(ServiceDatabase.DATASOURCE)
  DataSource service() {
    return source;
  }

  /**
   * Writes the file anew without what was removed from it, while nobody has a connection.
   *
   * @return false if somebody had one all the time
   */
  boolean compact() throws InterruptedException {
    return source.alone(() -> execute("shutdown compact"));
  }

  /** Makes what is committed outlive a loss of power too, not the process alone. */
  void force() {
    execute("checkpoint sync");
  }

  private void execute(String sql) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("the service database does not take: " + sql, e);
    }
  }

  @PreDestroy
  void close() {
    try {
      execute("shutdown");
    } catch (IllegalStateException e) {
      LOG.warn("The service database was not closed in order: {}", e.toString());
    }
  }
}
