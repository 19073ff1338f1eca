-- The films released in a month, over all years, with and without those dated 1 January as a placeholder.
select
    month_name_es as mes,
    movie_count as cantidad,
    non_placeholder_movie_count as cantidad_sin_placeholder
from marts.fct_releases_by_month
where list_contains(accepted_keys, marts.text_key($nombre))
