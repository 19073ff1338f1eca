-- The entries of one field. {keys} and {names} are the lists of a film, as in ENTITY_LISTS of corpus.py.
with entries as (
    select
        movie_id,
        unnest({keys}) as key,
        unnest({names}) as name,
        unnest(range(1, len({keys}) + 1)) as list_position
    from marts.mart_recommender_movies
)

select
    movie_id,
    key,
    case
        when row_number() over (partition by key order by movie_id, list_position) = 1 then name
        else ''
    end as name,
    list_position
from entries
where key is not null and name is not null
order by movie_id, list_position
