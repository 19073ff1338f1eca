-- The films released on a weekday, over all years, with and without those dated 1 January as a placeholder.
select
    weekday_name_es as dia,
    movie_count as cantidad,
    non_placeholder_movie_count as cantidad_sin_placeholder
from marts.fct_releases_by_weekday
where list_contains(accepted_keys, marts.text_key($nombre))
