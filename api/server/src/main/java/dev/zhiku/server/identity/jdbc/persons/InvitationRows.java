package dev.zhiku.server.identity.jdbc.persons;

import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface InvitationRows extends GenericRepository<InvitationRow, String> {
  List<InvitationRow> findAllOrderByCreatedMs();

  void save(InvitationRow row);

  @Query("delete from invitations where person_id = :personId")
  int forget(String personId);
}
