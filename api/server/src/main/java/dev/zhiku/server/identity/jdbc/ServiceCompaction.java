package dev.zhiku.server.identity.jdbc;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;

/**
 * Writes the file of the service database anew, so that nothing of what was removed is left in it.
 * Whoever needs the database meanwhile waits. Thread-safe.
 */
@Singleton
@Requires(property = ServiceDatabase.DIRECTORY)
public final class ServiceCompaction {
  private final ServiceConnections connections;

  ServiceCompaction(ServiceConnections connections) {
    this.connections = connections;
  }

  /**
   * @return false if the database was in use all the time
   * @throws IllegalStateException if the file cannot be written
   */
  public boolean run() throws InterruptedException {
    synchronized (ServiceDatabase.COPYING) {
      return connections.compact();
    }
  }
}
