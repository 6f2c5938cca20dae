package dev.zhiku.server.identity.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface SecretRows extends GenericRepository<SecretRow, String> {
  List<SecretRow> findAllOrderByCreatedMs();

  void save(SecretRow row);

  @Query("delete from key_secrets where key_id = :keyId")
  int forget(String keyId);
}
