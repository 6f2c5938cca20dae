package dev.zhiku.ingest.catalog.jdbc;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

/** Each method is one statement; {@link CatalogTransactions} makes them transactions. */
@JdbcRepository(dataSource = CatalogDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface DocumentRows extends GenericRepository<DocumentRow, String> {
  /** What is in the place of a held source is not what its rows are about. */
  String NOT_HELD = " and source not in (select name from sources where held = true)";

  /** Of those that nobody has. Without the lower bound an index would be read from its nulls on. */
  String DUE =
      "select * from documents where lane = :lane and lease_until_ms = 0"
          + " and due_ms >= 0 and due_ms <= :now"
          + NOT_HELD;

  /** Walks {@code documents_due} and ends after so many. */
  String OLDEST_DUE = DUE + " order by lane, lease_until_ms, due_ms fetch first :most rows only";

  /** Walks {@code documents_due} backwards. */
  String NEWEST_DUE =
      DUE + " order by lane desc, lease_until_ms desc, due_ms desc fetch first :most rows only";

  /** Of those whose owner has not come back. */
  String LEASE_OVER =
      "select * from documents where lane = :lane and lease_until_ms >= 1"
          + " and lease_until_ms < :now and due_ms <= :now"
          + NOT_HELD
          + " order by lane, lease_until_ms fetch first :most rows only";

  /** Few have an owner, and the index has them together. */
  String LEASED = " where lane = :lane and lease_until_ms >= 1 and lease_owner = :owner";

  Optional<DocumentRow> findById(String id);

  @Query("select * from documents where source = :source and removing = false")
  List<DocumentRow> ofSource(String source);

  @Query(
      "select * from documents where source = :source and removing = false"
          + " and (path = :path or path like :below escape '!')")
  List<DocumentRow> under(String source, String path, String below);

  @Query("select * from documents where source = :source and path = :path and removing = false")
  Optional<DocumentRow> at(String source, String path);

  @Query(
      "select * from documents where source = :source and file_key = :fileKey and removing = false")
  List<DocumentRow> withFileKey(String source, String fileKey);

  @Query(
      "select * from documents where source = :source and size_bytes = :size and removing = false"
          + " and sha256 is not null")
  List<DocumentRow> withSize(String source, long size);

  void save(DocumentRow row);

  void saveAll(List<DocumentRow> rows);

  @Query(
      "update documents set path = :path, path_folded = :folded, revision = revision + 1"
          + " where id = :id")
  int move(String id, String path, String folded);

  @Query(
      "update documents set size_bytes = :size, modified_ns = :modified, file_key = :fileKey"
          + " where id = :id and size_bytes = :sizeBefore and modified_ns = :modifiedBefore"
          + " and file_key = :fileKeyBefore")
  int restamp(
      String id,
      long size,
      long modified,
      String fileKey,
      long sizeBefore,
      long modifiedBefore,
      String fileKeyBefore);

  @Query(
      "update documents set size_bytes = :size, modified_ns = :modified, file_key = :fileKey,"
          + " state = 'PENDING', stage = 'WAITING', reason_code = null, reason_value = null,"
          + " attempts = 0, lane = :lane, due_ms = :due, revision = revision + 1 where id = :id")
  int change(String id, long size, long modified, String fileKey, String lane, @Nullable Long due);

  @Query(
      "update documents set due_ms = :due where id = :id and state = 'PENDING' and due_ms is null")
  int stable(String id, long due);

  @Query(
      "update documents set size_bytes = :size, modified_ns = :modified, file_key = :fileKey,"
          + " state = 'SKIPPED', stage = 'DONE', reason_code = :code, reason_value = :value,"
          + " notes = '', passages = 0, pages = 0, indexed_ms = null, due_ms = null, epoch = 0,"
          + " revision = revision + 1 where id = :id")
  int refuse(String id, long size, long modified, String fileKey, String code, String value);

  @Query(
      "update documents set removing = true, path = :tombstone, due_ms = null,"
          + " revision = revision + 1 where id = :id")
  int vanish(String id, String tombstone);

  @Query(
      "update documents set state = 'PENDING', stage = 'WAITING', reason_code = null,"
          + " reason_value = null, attempts = :attempts, due_ms = :due, revision = revision + 1"
          + " where id = :id and removing = false")
  int requeue(String id, int attempts, long due);

  @Query(OLDEST_DUE)
  List<DocumentRow> oldestDue(String lane, long now, int most);

  @Query(NEWEST_DUE)
  List<DocumentRow> newestDue(String lane, long now, int most);

  @Query(LEASE_OVER)
  List<DocumentRow> leaseOver(String lane, long now, int most);

  @Query(
      "update documents set state = 'PENDING', stage = 'READING', attempts = attempts + 1,"
          + " lease_owner = :owner, lease_until_ms = :until"
          + " where id = :id and revision = :revision and removing = false"
          + " and lease_until_ms < :now")
  int lease(String id, long revision, String owner, long until, long now);

  @Query(
      "select count(*) from documents where id = :id and revision = :revision and removing = false")
  long countHeld(String id, long revision);

  @Query("update documents set stage = :stage where id = :id and revision = :revision")
  int stage(String id, long revision, String stage);

  @Query("update documents set lease_until_ms = :until" + LEASED)
  int renew(String lane, String owner, long until);

  @Query("update documents set lease_owner = null, lease_until_ms = 0" + LEASED)
  int releaseAll(String lane, String owner);

  @Query("update documents set lease_owner = null, lease_until_ms = 0 where id = :id")
  int release(String id);

  @Query(
      "update documents set stage = 'WAITING', attempts = attempts - 1"
          + " where id = :id and revision = :revision and lease_until_ms > 0")
  int untry(String id, long revision);

  @Query(
      "update documents set stage = 'WAITING', due_ms = :due"
          + " where id = :id and revision = :revision")
  int postpone(String id, long revision, @Nullable Long due);

  @Query(
      "update documents set size_bytes = :size, modified_ns = :modified, file_key = :fileKey,"
          + " media_type = :mediaType, sha256 = :sha256, fingerprint = :fingerprint,"
          + " state = 'INDEXED', stage = 'DONE', reason_code = null, reason_value = null,"
          + " notes = :notes, passages = :passages, pages = :pages, language = :language,"
          + " indexed_ms = :indexed, due_ms = null, lease_owner = null, lease_until_ms = 0,"
          + " epoch = :epoch"
          + " where id = :id and revision = :revision and removing = false")
  int indexed(
      String id,
      long revision,
      long size,
      long modified,
      String fileKey,
      String mediaType,
      String sha256,
      String fingerprint,
      String notes,
      int passages,
      int pages,
      @Nullable String language,
      long indexed,
      long epoch);

  @Query(
      "update documents set size_bytes = :size, modified_ns = :modified, file_key = :fileKey,"
          + " media_type = :mediaType, sha256 = :sha256, fingerprint = :fingerprint,"
          + " state = 'INDEXED', stage = 'DONE', reason_code = null, reason_value = null,"
          + " passages = :passages,"
          + " indexed_ms = case when sha256 = :sha256 then coalesce(indexed_ms, :at) else :at end,"
          + " due_ms = null, lease_owner = null, lease_until_ms = 0, epoch = :epoch"
          + " where id = :id and revision = :revision and removing = false")
  int unchanged(
      String id,
      long revision,
      long size,
      long modified,
      String fileKey,
      String mediaType,
      String sha256,
      String fingerprint,
      int passages,
      long at,
      long epoch);

  @Query(
      "update documents set media_type = :mediaType, sha256 = :sha256,"
          + " fingerprint = :fingerprint, state = :state, stage = :stage, reason_code = :code, reason_value = :value, notes = '', passages = 0,"
          + " pages = 0, indexed_ms = null, due_ms = :due, lease_owner = null,"
          + " lease_until_ms = 0, epoch = 0"
          + " where id = :id and revision = :revision and removing = false")
  int notIndexed(
      String id,
      long revision,
      String mediaType,
      @Nullable String sha256,
      String fingerprint,
      String state,
      String stage,
      String code,
      String value,
      @Nullable Long due);

  @Query("update documents set due_ms = due_ms + :millis where due_ms is not null")
  int moveDue(long millis);

  @Query(
      "update documents set lease_until_ms = lease_until_ms + :millis"
          + " where lease_until_ms > 0")
  int moveLeases(long millis);

  @Query(
      "update documents set due_ms = :now where lane = :lane and lease_until_ms = 0"
          + " and due_ms > :now and state = 'PENDING'")
  int pendingDueBy(String lane, long now);

  @Query(
      "update documents set due_ms = :latest where lane = :lane and lease_until_ms = 0"
          + " and due_ms > :latest")
  int allDueBy(String lane, long latest);

  @Query(
      "select * from documents where source = :source and path > :path and removing = false"
          + " and state = 'INDEXED' order by source, path fetch first :most rows only")
  List<DocumentRow> indexedAfter(String source, String path, int most);

  @Query(
      "update documents set lane = :lane, stage = 'WAITING', attempts = 0, due_ms = :due"
          + " where id = :id and revision = :revision")
  int handOver(String id, long revision, String lane, long due);

  @Query(
      "update documents set lane = :lane, attempts = 0, due_ms = :due"
          + " where id = :id and revision = :revision")
  int readAgain(String id, long revision, String lane, long due);

  @Query(
      "update documents set state = 'PENDING', stage = 'WAITING', reason_code = null,"
          + " reason_value = null, attempts = 0, lane = :lane, due_ms = :due,"
          + " revision = revision + 1 where reason_code = :code and removing = false")
  int recognizeRefused(String code, String lane, long due);

  @Query(
      "update documents set attempts = 0, lane = :lane, due_ms = :due"
          + " where state = 'INDEXED' and fingerprint = :fingerprint and removing = false")
  int recognizeUnread(String fingerprint, String lane, long due);

  @Query("delete from documents where id = :id and removing = true")
  int delete(String id);

  @Query("delete from documents where source = :source")
  int deleteOfSource(String source);
}
