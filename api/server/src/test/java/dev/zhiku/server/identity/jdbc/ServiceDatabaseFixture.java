package dev.zhiku.server.identity.jdbc;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;

/** The real database of the service on an H2 file, in a context of its own. */
public final class ServiceDatabaseFixture implements AutoCloseable {
  private final Path folder;
  private ApplicationContext context;

  private ServiceDatabaseFixture(Path folder) {
    this.folder = folder;
    this.context = start(folder);
  }

  /** Opens the database in the folder, or makes one. */
  public static ServiceDatabaseFixture open(Path folder) {
    return new ServiceDatabaseFixture(folder);
  }

  private static ApplicationContext start(Path folder) {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .properties(ServiceDatabase.prepare(folder))
        .start();
  }

  /** A store on the database. */
  public <T> T store(Class<T> type) {
    return context.getBean(type);
  }

  /** Closes the file and opens it again. */
  public void reopen() {
    context.close();
    context = start(folder);
  }

  @Override
  public void close() {
    context.close();
  }
}
