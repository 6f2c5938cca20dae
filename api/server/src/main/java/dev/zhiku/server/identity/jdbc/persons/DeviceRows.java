package dev.zhiku.server.identity.jdbc.persons;

import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface DeviceRows extends GenericRepository<DeviceRow, String> {
  List<DeviceRow> findAllOrderByCreatedMs();

  void save(DeviceRow row);

  @Query("delete from devices where person_id = :personId")
  int forget(String personId);

  @Query("update devices set used_ms = :usedMs where id = :id")
  int used(String id, long usedMs);
}
