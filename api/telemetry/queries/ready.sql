-- Which build of the warehouse answers, the number of its films, and which columns its raw files lacked.
select
    build_id,
    strftime(built_at, '%Y-%m-%dT%H:%M:%SZ') as built_at,
    (select count(*) from marts.dim_movies) as movie_count,
    list_transform(source_files, lambda file: file.source_name) as source_names,
    flatten(
        list_transform(
            source_files,
            lambda file: list_transform(file.missing_columns, lambda name: file.source_name || '.' || name)
        )
    ) as missing_columns
from quality.build_info
