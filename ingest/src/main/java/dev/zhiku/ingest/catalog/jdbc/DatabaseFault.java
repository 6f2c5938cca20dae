package dev.zhiku.ingest.catalog.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells faults of the database from those of a statement by the classes of the SQL standard. */
final class DatabaseFault {
  /**
   * No data, data, integrity, transaction broken off, syntax; H2's timeout of a lock. A statement
   * that fails so fails on a sound database.
   */
  private static final List<String> OF_THE_STATEMENT = List.of("02", "22", "23", "40", "42", "HYT");

  private DatabaseFault() {}

  /**
   * Whether a failure of the database itself is among the causes. A wait for a connection that was
   * interrupted says nothing of the database.
   */
  static boolean isBehind(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return !isOfTheStatement(sql) && !(sql.getCause() instanceof InterruptedException);
      }
    }
    return false;
  }

  private static boolean isOfTheStatement(SQLException failure) {
    String state = failure.getSQLState();
    return state != null && OF_THE_STATEMENT.stream().anyMatch(state::startsWith);
  }
}
