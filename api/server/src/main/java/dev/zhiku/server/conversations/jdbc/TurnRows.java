package dev.zhiku.server.conversations.jdbc;

import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface TurnRows extends GenericRepository<TurnRow, String> {
  void save(TurnRow row);

  void update(TurnRow row);

  Optional<TurnRow> findById(String id);

  @Query(
      """
      select * from conversation_turns where conversation_id = :conversation and place < :before
        order by place desc fetch first :most rows only
      """)
  List<TurnRow> last(String conversation, int before, int most);

  /** Of turns before ids were kept beside them, the whole answer is looked through. */
  @Query(
      """
      select distinct conversation_id from conversation_turns
        where documents like :pattern escape '!'
          or (documents = '' and response like :pattern escape '!')
      """)
  List<String> conversationsWith(String pattern);

  @Query("delete from conversation_turns where conversation_id = :conversation and place >= :from")
  int removeFrom(String conversation, int from);

  @Query("select count(*) from conversation_turns where conversation_id = :conversation")
  int count(String conversation);

  @Query(
      "select coalesce(max(place), 0) from conversation_turns where conversation_id = :conversation")
  int lastPlace(String conversation);

  @Query(
      "select coalesce(sum(bytes), 0) from conversation_turns where conversation_id = :conversation")
  long bytes(String conversation);
}
