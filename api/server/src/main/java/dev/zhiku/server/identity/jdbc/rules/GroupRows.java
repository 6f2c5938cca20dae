package dev.zhiku.server.identity.jdbc.rules;

import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface GroupRows extends GenericRepository<GroupRow, String> {
  List<GroupRow> findAllOrderByName();

  void saveAll(List<GroupRow> rows);

  @Query("delete from access_groups")
  int forget();
}
