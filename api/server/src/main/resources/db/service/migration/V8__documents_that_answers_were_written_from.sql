-- Ids of the documents whose passages a turn was answered from, with a space between: when one is deleted, so are its words.
alter table conversation_turns add column documents varchar(4000) default '' not null;
