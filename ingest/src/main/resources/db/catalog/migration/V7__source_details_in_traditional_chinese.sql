-- What is wrong with a source, also in traditional characters.
alter table sources add column detail_zh_hant varchar(1000) default '' not null;
update sources set detail_zh_hant = detail_zh;
