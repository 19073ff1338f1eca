{%- set defect -%}
        case
            when movielens_movie_id is null then 'malformed_row'
            when movie_id is null and movie_id_text is not null then 'malformed_row'
        end
{%- endset -%}

{{ classify_records(
    staged = ref('stg_movielens__links'),
    defect = defect,
    key = 'movielens_movie_id',
    best_first = 'movie_id is not null',
    kept_movies = ref('int_movies_kept')
) }}
