-- The columns that rank names, most popular first. Names of the same film, person or collection share the first id.
select
    kind,
    compact_key,
    strlen(compact_key) as byte_count,
    distinct_word_count,
    popularity_share,
    min(search_name_id) over (partition by kind, movie_id, person_id, collection_id) as first_search_name_id
from marts.mart_search_names
order by search_name_id
