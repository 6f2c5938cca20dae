package dev.zhiku.server.identity.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** Connections to the service database, which can be kept away for a while. Thread-safe. */
final class ServiceDataSource implements DataSource {
  /** More connections than there ever are at once. */
  private static final int MANY = 100_000;

  private static final long PATIENCE_SECONDS = 10;

  private final Semaphore open = new Semaphore(MANY, true);
  private final ThreadLocal<Boolean> isAlone = ThreadLocal.withInitial(() -> false);

  private final JdbcDataSource source = new JdbcDataSource();

  ServiceDataSource(String url) {
    source.setURL(url);
    source.setUser(ServiceDatabase.USER);
    source.setPassword("");
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (isAlone.get()) {
      return source.getConnection();
    }
    open.acquireUninterruptibly();
    boolean connected = false;
    try {
      Connection connection = counted(source.getConnection());
      connected = true;
      return connection;
    } finally {
      if (!connected) {
        open.release();
      }
    }
  }

  private Connection counted(Connection connection) {
    AtomicBoolean counts = new AtomicBoolean(true);
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              } finally {
                if (method.getName().equals("close") && counts.compareAndSet(true, false)) {
                  open.release();
                }
              }
            });
  }

  /**
   * Runs work while nobody else has a connection; others wait for it.
   *
   * @return false, without having run it, if somebody kept one for ten seconds
   */
  boolean alone(Runnable work) throws InterruptedException {
    if (!open.tryAcquire(MANY, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return false;
    }
    isAlone.set(true);
    try {
      work.run();
      return true;
    } finally {
      isAlone.remove();
      open.release(MANY);
    }
  }

  /** There is one user. */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return source.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    source.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) {
    source.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() {
    return source.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return source.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return source.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return source.isWrapperFor(type);
  }
}
