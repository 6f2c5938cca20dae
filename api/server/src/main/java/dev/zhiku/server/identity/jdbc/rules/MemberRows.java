package dev.zhiku.server.identity.jdbc.rules;

import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface MemberRows extends GenericRepository<MemberRow, Integer> {
  List<MemberRow> findAllOrderByPosition();

  void saveAll(List<MemberRow> rows);

  @Query("delete from access_group_members")
  int forget();
}
