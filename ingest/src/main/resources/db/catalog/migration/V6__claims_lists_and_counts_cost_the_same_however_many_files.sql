-- Claims, lists and counts walk an index that fits, or read a kept sum: they cost the same at any number of files.

-- 0: nobody has it. A null could not be the middle of an index that is walked in order.
update documents set lease_until_ms = 0 where lease_until_ms is null;
alter table documents alter column lease_until_ms set not null;

drop index documents_oldest_due;
drop index documents_newest_due;
create index documents_due on documents (lane, lease_until_ms, due_ms);

-- A page of a source's files in one state, in the order of their paths.
drop index documents_by_state;
create index documents_by_state on documents (source, state, path);

-- Nothing looks for it.
drop index documents_by_sha256;

-- Sums over the documents that are not being removed; changed together with the rows.
create table tallies (
  source varchar(64) not null,
  state varchar(8) not null,
  files bigint not null,
  passages bigint not null,
  size_bytes bigint not null,
  primary key (source, state)
);

insert into tallies (source, state, files, passages, size_bytes)
  select source, state, count(*), sum(passages), sum(size_bytes) from documents
  where removing = false group by source, state;

-- How fast the ingest is, nobody asks after a restart: it is not written down any more.
alter table ledger drop column passages_per_second;
alter table ledger drop column eta_ms;
