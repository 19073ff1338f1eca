-- The hits with the ids $search_name_ids. An id is the row number, from 1: a lookup by rowid reads only those rows of
-- the wide columns.
select
    names.search_name_id,
    names.kind,
    names.movie_id,
    names.person_id,
    names.collection_id,
    names.entity_name as name,
    names.release_year,
    names.movie_count,
    coalesce(names.known_for_titles, []) as known_for_titles,
    names.matched_field,
    names.name as matched_name
from (select unnest($search_name_ids) - 1 as place) as places
inner join marts.mart_search_names as names on places.place = names.rowid
order by names.search_name_id
