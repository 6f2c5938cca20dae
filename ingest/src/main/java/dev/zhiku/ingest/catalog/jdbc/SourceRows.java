package dev.zhiku.ingest.catalog.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dataSource = CatalogDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface SourceRows extends GenericRepository<SourceRow, String> {
  List<SourceRow> findAllOrderByPlace();

  Optional<SourceRow> findById(String name);

  void save(SourceRow row);

  void update(SourceRow row);

  @Query("update sources set confirmed = true where name = :name")
  int confirm(String name);

  @Query("delete from sources where name = :name")
  int forget(String name);
}
