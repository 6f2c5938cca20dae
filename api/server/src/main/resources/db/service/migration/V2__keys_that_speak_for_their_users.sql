-- Whether the application may say for which of its users it asks.
alter table access_keys add column on_behalf_of boolean default false not null;
