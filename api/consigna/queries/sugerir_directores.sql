-- The directors' names nearest to one that is not known, best first.
select person_name as nombre
from marts.dim_people
where directed_movie_count > 0 and similitud(person_name_key, marts.text_key($nombre)) >= 0.8
group by person_name
order by max(similitud(person_name_key, marts.text_key($nombre))) desc, min(person_id)
limit 5
