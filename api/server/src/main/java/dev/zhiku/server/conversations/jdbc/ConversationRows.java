package dev.zhiku.server.conversations.jdbc;

import dev.zhiku.server.identity.jdbc.ServiceDatabase;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;

@JdbcRepository(dataSource = ServiceDatabase.DATASOURCE, dialect = Dialect.ANSI)
interface ConversationRows extends GenericRepository<ConversationRow, String> {
  void save(ConversationRow row);

  void update(ConversationRow row);

  @Query("select * from conversations where id = :id and owner = :owner")
  Optional<ConversationRow> find(String owner, String id);

  Optional<ConversationRow> findById(String id);

  /** The patterns stand for one word each; that of a word too few is %. */
  @Query(
      """
      select * from conversations c
        where c.owner = :owner
          and (c.turns > 0 or c.title <> '')
          and (c.pinned < :pinned or (c.pinned = :pinned
            and (c.changed_ms < :changed or (c.changed_ms = :changed and c.id < :id))))
          and (c.words like :w1 escape '!' or exists (select 1 from conversation_turns t
            where t.conversation_id = c.id and t.words like :w1 escape '!'))
          and (c.words like :w2 escape '!' or exists (select 1 from conversation_turns t
            where t.conversation_id = c.id and t.words like :w2 escape '!'))
          and (c.words like :w3 escape '!' or exists (select 1 from conversation_turns t
            where t.conversation_id = c.id and t.words like :w3 escape '!'))
          and (c.words like :w4 escape '!' or exists (select 1 from conversation_turns t
            where t.conversation_id = c.id and t.words like :w4 escape '!'))
          and (c.words like :w5 escape '!' or exists (select 1 from conversation_turns t
            where t.conversation_id = c.id and t.words like :w5 escape '!'))
          and (c.words like :w6 escape '!' or exists (select 1 from conversation_turns t
            where t.conversation_id = c.id and t.words like :w6 escape '!'))
          and (c.words like :w7 escape '!' or exists (select 1 from conversation_turns t
            where t.conversation_id = c.id and t.words like :w7 escape '!'))
          and (c.words like :w8 escape '!' or exists (select 1 from conversation_turns t
            where t.conversation_id = c.id and t.words like :w8 escape '!'))
        order by c.pinned desc, c.changed_ms desc, c.id desc
        fetch first :most rows only
      """)
  List<ConversationRow> list(
      String owner,
      int pinned,
      long changed,
      String id,
      int most,
      String w1,
      String w2,
      String w3,
      String w4,
      String w5,
      String w6,
      String w7,
      String w8);

  @Query("select count(*) from conversations where owner = :owner")
  long count(String owner);

  @Query("select coalesce(sum(bytes), 0) from conversations where owner = :owner")
  long bytes(String owner);

  @Query("delete from conversations where id = :id")
  int remove(String id);

  @Query("select * from conversations where changed_ms < :before and pinned = 0")
  List<ConversationRow> unchangedSince(long before);
}
