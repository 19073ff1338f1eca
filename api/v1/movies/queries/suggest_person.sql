-- The names of people that are most similar to a name, best first.
select person_name as name
from marts.dim_people
where similarity(person_name_key, marts.text_key($name)) >= 0.8
group by person_name
order by
    max(similarity(person_name_key, marts.text_key($name))) desc,
    max(cast_movie_count + crew_movie_count) desc,
    min(person_id)
limit 5
