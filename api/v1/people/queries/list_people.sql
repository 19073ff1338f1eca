-- Credited people with the number of films that they acted in, worked on and directed.
select
    person_id,
    person_name,
    person_name_key,
    gender,
    profile_path,
    is_tmdb_person,
    cast_movie_count,
    crew_movie_count,
    directed_movie_count
from marts.dim_people
where
    true
    and ($q is null or has_words(person_name_key, $q))
    and ($role is null or (
        (cast_movie_count > 0 and 'actor' in $role)
        or (crew_movie_count > 0 and 'crew' in $role)
        or (directed_movie_count > 0 and 'director' in $role)
    ))
    and ($role_all is null or (
        (cast_movie_count > 0 or 'actor' not in $role_all)
        and (crew_movie_count > 0 or 'crew' not in $role_all)
        and (directed_movie_count > 0 or 'director' not in $role_all)
    ))
    and ($gender is null or gender in $gender)
    and ($cast_movie_count_from is null or cast_movie_count >= $cast_movie_count_from)
    and ($cast_movie_count_to is null or cast_movie_count <= $cast_movie_count_to)
    and ($crew_movie_count_from is null or crew_movie_count >= $crew_movie_count_from)
    and ($crew_movie_count_to is null or crew_movie_count <= $crew_movie_count_to)
    and ($directed_movie_count_from is null or directed_movie_count >= $directed_movie_count_from)
    and ($directed_movie_count_to is null or directed_movie_count <= $directed_movie_count_to)
