-- A person.
select
    person_id,
    person_name,
    gender,
    profile_path,
    is_tmdb_person,
    cast_movie_count,
    crew_movie_count,
    directed_movie_count
from marts.dim_people
where person_id = $person_id
