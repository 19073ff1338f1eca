create schema if not exists search;

create or replace table search.index_files (file_name varchar not null, content blob not null);
comment on table search.index_files is 'One row per file of the tantivy index, which the API opens.';
comment on column search.index_files.file_name is 'Name of the file.';
comment on column search.index_files.content is 'Its bytes.';
