-- The raw files, versions and step durations of the build.
select
    build_id,
    strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as built_at,
    filmoteca_version,
    python_version,
    duckdb_version,
    dbt_version,
    scikit_learn_version,
    source_files,
    tables,
    steps
from quality.build_info
