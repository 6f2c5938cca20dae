-- Standard SQL throughout: the same script runs on H2 and PostgreSQL.

create table access_rules (
  position integer not null primary key,
  subject varchar(300) not null,
  allows boolean not null,
  source varchar(200) not null,
  path varchar(4096) not null
);

create table access_groups (
  name varchar(200) not null primary key
);

create table access_group_members (
  position integer not null primary key,
  group_name varchar(200) not null references access_groups (name),
  member varchar(300) not null
);

alter table access_changes alter column subject set data type varchar(300);
