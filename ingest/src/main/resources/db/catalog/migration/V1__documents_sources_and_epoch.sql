-- Standard SQL throughout: the same script runs on H2 and PostgreSQL.
-- Times are whole numbers since 1970-01-01 UTC: *_ns nanoseconds (a file's own stamp, compared exactly), *_ms milliseconds.

create table documents (
  id varchar(24) not null primary key,
  source varchar(64) not null,
  path varchar(2000) not null,
  path_folded varchar(4000) not null,
  media_type varchar(255) not null,
  size_bytes bigint not null,
  modified_ns bigint not null,
  file_key varchar(64) not null,
  sha256 varchar(64),
  fingerprint varchar(500),
  state varchar(8) not null,
  stage varchar(12) not null,
  reason_code varchar(40),
  reason_value varchar(500),
  notes varchar(20000) not null,
  passages integer not null,
  pages integer not null,
  language varchar(8),
  indexed_ms bigint,
  attempts integer not null,
  lane varchar(8) not null,
  due_ms bigint,
  lease_owner varchar(64),
  lease_until_ms bigint,
  epoch bigint not null,
  revision bigint not null,
  removing boolean not null
);

create unique index documents_by_path on documents (source, path);
create index documents_by_state on documents (removing, state, passages);
create index documents_by_file_key on documents (source, file_key);
create index documents_by_size on documents (source, size_bytes);
create index documents_by_sha256 on documents (sha256);
-- One for each direction: not every database walks an index backwards.
create index documents_oldest_due on documents (lane, due_ms);
create index documents_newest_due on documents (lane, due_ms desc);

create table sources (
  name varchar(64) not null primary key,
  place integer not null,
  root varchar(4000) not null,
  root_key varchar(200) not null,
  online boolean not null,
  held boolean not null,
  detail varchar(1000) not null,
  last_scan_ms bigint,
  ignored bigint not null,
  files bigint not null,
  confirmed boolean not null,
  switched_off boolean not null
);

create table ledger (
  id integer not null primary key,
  epoch bigint not null,
  passages_per_second double precision not null,
  eta_ms bigint,
  paused boolean not null
);

insert into ledger (id, epoch, passages_per_second, eta_ms, paused) values (1, 0, 0, null, false);
