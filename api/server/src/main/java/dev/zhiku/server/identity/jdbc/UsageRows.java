package dev.zhiku.server.identity.jdbc;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface UsageRows extends GenericRepository<UsageRow, String> {
  List<UsageRow> findAll();

  Optional<UsageRow> findById(String asker);

  void save(UsageRow row);

  void update(UsageRow row);

  void deleteById(String asker);
}
