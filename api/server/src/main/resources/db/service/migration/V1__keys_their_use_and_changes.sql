-- Standard SQL throughout: the same script runs on H2 and PostgreSQL.
-- Times are whole milliseconds since 1970-01-01 UTC.

create table access_keys (
  id varchar(24) not null primary key,
  label varchar(200) not null,
  role varchar(16) not null,
  expires_ms bigint,
  addresses varchar(2000) not null,
  questions_per_minute integer,
  created_ms bigint not null,
  created_by varchar(100) not null,
  revoked_ms bigint
);

-- Of the secret itself only a keyed hash is kept.
create table key_secrets (
  id varchar(16) not null primary key,
  key_id varchar(24) not null references access_keys (id),
  hash varchar(64) not null,
  created_ms bigint not null,
  ends_ms bigint
);

create index key_secrets_by_key on key_secrets (key_id);

create table key_usage (
  key_id varchar(24) not null primary key references access_keys (id),
  questions bigint not null,
  prompt_tokens bigint not null,
  completion_tokens bigint not null,
  last_asked_ms bigint
);

create table access_changes (
  seq bigint not null primary key,
  at_ms bigint not null,
  who varchar(100) not null,
  what varchar(40) not null,
  subject varchar(100) not null,
  detail varchar(4000) not null
);
