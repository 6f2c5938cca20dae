package dev.zhiku.server.identity.jdbc.rules;

import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface RuleRows extends GenericRepository<RuleRow, Integer> {
  List<RuleRow> findAllOrderByPosition();

  void saveAll(List<RuleRow> rows);

  @Query("delete from access_rules")
  int forget();
}
