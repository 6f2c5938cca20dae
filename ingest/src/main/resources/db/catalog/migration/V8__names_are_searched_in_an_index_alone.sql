-- A part of a name is looked for in every entry of the index, and no row is read but those that are found.
-- What is folded follows from the path: the index is as unique as it was.
drop index documents_by_path;
create unique index documents_by_path on documents (source, path, path_folded, removing);
