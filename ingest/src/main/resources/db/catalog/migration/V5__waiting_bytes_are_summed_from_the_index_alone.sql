-- Twice a second somebody asks how many bytes wait; of twenty thousand rows none is fetched for it.
drop index documents_by_state;
create index documents_by_state on documents (removing, state, passages, size_bytes);
