{%- set defect -%}
        case
            when user_id is null or movielens_movie_id is null then 'malformed_row'
            when movielens_rating is null or movielens_rating not between 0.5 and 5 then 'malformed_row'
        end
{%- endset -%}

{{ classify_records(
    staged = ref('int_ratings_linked'),
    defect = defect,
    key = 'row(user_id, movielens_movie_id)',
    best_first = 'rated_at',
    kept_movies = ref('int_movies_kept')
) }}
