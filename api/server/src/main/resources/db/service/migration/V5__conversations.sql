-- Times are whole milliseconds since 1970-01-01 UTC. What is searched is folded by the program, so that every database
-- finds the same.

create table conversations (
  id varchar(32) not null primary key,
  owner varchar(400) not null,
  title varchar(400) not null,
  words varchar(800) not null,
  pinned integer not null,
  created_ms bigint not null,
  changed_ms bigint not null,
  turns integer not null,
  bytes bigint not null
);

create index conversations_by_owner on conversations (owner, pinned, changed_ms, id);
create index conversations_by_change on conversations (changed_ms);

create table conversation_turns (
  id varchar(48) not null primary key,
  conversation_id varchar(32) not null references conversations (id),
  place integer not null,
  query_id varchar(64) not null,
  mode varchar(16) not null,
  question varchar(40000) not null,
  status varchar(16) not null,
  asked_ms bigint not null,
  answer varchar(1000000) not null,
  response varchar(1000000),
  failure_code varchar(64),
  failure_detail varchar(4000),
  failure_remedy varchar(4000),
  failure_retryable boolean not null,
  rating integer not null,
  rating_comment varchar(4000) not null,
  words varchar(1000000) not null,
  bytes bigint not null
);

create unique index conversation_turns_by_place on conversation_turns (conversation_id, place);
