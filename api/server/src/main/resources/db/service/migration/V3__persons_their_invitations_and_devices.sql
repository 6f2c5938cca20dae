-- Standard SQL throughout: the same script runs on H2 and PostgreSQL.
-- Times are whole milliseconds since 1970-01-01 UTC.

create table persons (
  id varchar(24) not null primary key,
  name varchar(200) not null,
  role varchar(16) not null,
  created_ms bigint not null,
  created_by varchar(300) not null,
  removed_ms bigint
);

-- Of the word that accepts an invitation only a keyed hash is kept.
create table invitations (
  id varchar(24) not null primary key,
  person_id varchar(24) not null references persons (id),
  hash varchar(64) not null,
  created_ms bigint not null,
  ends_ms bigint not null
);

create index invitations_by_person on invitations (person_id);

-- Of the secret in the cookie of a device only a keyed hash is kept.
create table devices (
  id varchar(24) not null primary key,
  person_id varchar(24) not null references persons (id),
  hash varchar(64) not null,
  label varchar(400) not null,
  created_ms bigint not null,
  used_ms bigint not null
);

create index devices_by_person on devices (person_id);

-- A user for whom an application asks has a name of up to 100 characters beside that of the application.
alter table access_changes alter column who set data type varchar(300);
