package dev.zhiku.ingest.catalog.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;

@JdbcRepository(dataSource = CatalogDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface HashRoundRows extends GenericRepository<HashRoundRow, String> {
  Optional<HashRoundRow> findById(String source);

  void save(HashRoundRow row);

  void update(HashRoundRow row);

  @Query("delete from hash_rounds where source = :source")
  int forget(String source);
}
