package dev.zhiku.server.identity.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface ChangeRows extends GenericRepository<ChangeRow, Long> {
  @Query(
      "select * from access_changes where what like 'key-%' order by seq desc"
          + " fetch first :most rows only")
  List<ChangeRow> lastOfKeys(int most);

  @Query("select * from access_changes where what = :what order by seq")
  List<ChangeRow> all(String what);

  @Query("select * from access_changes order by seq desc fetch first :most rows only")
  List<ChangeRow> last(int most);

  @Query("select coalesce(max(seq), 0) from access_changes")
  long lastSeq();

  void save(ChangeRow row);
}
