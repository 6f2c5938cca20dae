-- Standard SQL throughout: the same script runs on H2 and PostgreSQL.
-- What keys were used for goes on being counted, now by the name of the principal like everybody's.

create table asker_usage (
  asker varchar(300) not null primary key,
  questions bigint not null,
  prompt_tokens bigint not null,
  completion_tokens bigint not null,
  last_asked_ms bigint
);

insert into asker_usage (asker, questions, prompt_tokens, completion_tokens, last_asked_ms)
  select 'key:' || key_id, questions, prompt_tokens, completion_tokens, last_asked_ms from key_usage;

drop table key_usage;
