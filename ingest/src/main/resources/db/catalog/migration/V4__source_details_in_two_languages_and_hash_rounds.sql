-- What is wrong with a source, in Chinese too; the column detail is English.
alter table sources add column detail_zh varchar(1000) default '' not null;

-- How far the slow round is that reads files again which look unchanged.
create table hash_rounds (
  source varchar(64) not null primary key,
  path varchar(2000) not null,
  started_ms bigint not null,
  done boolean not null
);
