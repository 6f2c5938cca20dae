package dev.zhiku.ingest.catalog.jdbc;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dataSource = CatalogDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface TallyRows extends GenericRepository<DocumentRow, String> {
  String CLEAR = "delete from tallies";

  String SUM =
      "insert into tallies (source, state, files, passages, size_bytes)"
          + " select source, state, count(*), sum(passages), sum(size_bytes) from documents"
          + " where removing = false group by source, state";

  @Query("select source, state, files, passages, size_bytes from tallies where files > 0")
  List<TallyRow> all();

  /** What the document counts as; empty if it is not there or being removed. */
  @Query(
      "select source, state, 1 as files, passages, size_bytes from documents"
          + " where id = :id and removing = false")
  Optional<TallyRow> of(String id);

  @Query(
      "update tallies set files = files + :files, passages = passages + :passages,"
          + " size_bytes = size_bytes + :bytes where source = :source and state = :state")
  int add(String source, String state, long files, long passages, long bytes);

  @Query(
      "insert into tallies (source, state, files, passages, size_bytes)"
          + " values (:source, :state, :files, :passages, :bytes)")
  int put(String source, String state, long files, long passages, long bytes);

  @Query(CLEAR)
  int clear();

  @Query(SUM)
  int sum();
}
