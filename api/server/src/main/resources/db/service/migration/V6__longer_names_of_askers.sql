-- Standard SQL throughout: the same script runs on H2 and PostgreSQL.
-- The user for whom an application asks is named by up to 100 characters of his own and the key.

alter table access_keys alter column created_by set data type varchar(300);
alter table access_changes alter column who set data type varchar(300);
