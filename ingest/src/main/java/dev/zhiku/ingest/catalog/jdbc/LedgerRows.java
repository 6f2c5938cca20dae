package dev.zhiku.ingest.catalog.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

@JdbcRepository(dataSource = CatalogDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface LedgerRows extends GenericRepository<LedgerRow, Integer> {
  Optional<LedgerRow> findById(int id);

  /** Epochs only grow: a late writer cannot set an earlier one. */
  @Query("update ledger set epoch = :epoch where id = 1 and epoch < :epoch")
  int raiseEpoch(long epoch);

  @Query("update ledger set paused = :paused where id = 1")
  int pause(boolean paused);
}
