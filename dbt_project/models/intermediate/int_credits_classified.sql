{{ classify_records(
    staged = ref('stg_tmdb__credits'),
    defect = "case when movie_id is null then 'malformed_row' end",
    key = 'movie_id',
    best_first = 'coalesce(len(cast_entries), 0) + coalesce(len(crew_entries), 0)',
    kept_movies = ref('int_movies_kept')
) }}
