create table quality.build_info (
    build_id varchar not null, built_at timestamp not null,
    filmoteca_version varchar not null, python_version varchar not null,
    duckdb_version varchar not null, dbt_version varchar not null,
    scikit_learn_version varchar not null,
    source_files struct(
        source_name varchar, file_name varchar, size_bytes bigint, sha256 varchar, missing_columns varchar[]
    )[] not null,
    tables struct(table_schema varchar, table_name varchar, row_count bigint)[] not null,
    steps struct(step varchar, seconds double)[] not null
);
comment on table quality.build_info is
    'One row: the raw files, versions, time and duration of the build. The same raw files, code, versions and '
    'training options give the same build_id.';
comment on column quality.build_info.build_id is
    'Hash of the raw files, code, versions and training options; sent with every response.';
comment on column quality.build_info.built_at is 'Time at which the build finished, in UTC.';
comment on column quality.build_info.filmoteca_version is 'Version of this project.';
comment on column quality.build_info.python_version is 'Version of Python.';
comment on column quality.build_info.duckdb_version is 'Version of DuckDB.';
comment on column quality.build_info.dbt_version is 'Version of dbt.';
comment on column quality.build_info.scikit_learn_version is 'Version of scikit-learn.';
comment on column quality.build_info.source_files is 'Raw files: source_name, file_name, size_bytes, sha256, and missing_columns, which are null in the tables.';
comment on column quality.build_info.tables is 'Tables: table_schema, table_name, row_count.';
comment on column quality.build_info.steps is 'Steps of the build: step, seconds.';
