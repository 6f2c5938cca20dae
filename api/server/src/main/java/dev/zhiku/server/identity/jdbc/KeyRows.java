package dev.zhiku.server.identity.jdbc;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface KeyRows extends GenericRepository<KeyRow, String> {
  List<KeyRow> findAllOrderByCreatedMs();

  Optional<KeyRow> findById(String id);

  void save(KeyRow row);

  void update(KeyRow row);
}
