package dev.zhiku.server.identity.jdbc.persons;

import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface PersonRows extends GenericRepository<PersonRow, String> {
  List<PersonRow> findAllOrderByCreatedMs();

  void save(PersonRow row);

  Optional<PersonRow> findById(String id);

  void update(PersonRow row);
}
