-- Films that match the filters, by director.
with

counted as (

    select
        facts.person_id,
        count(*) as movie_count
    from matching_movies
    inner join marts.fct_movie_directors as facts on matching_movies.movie_id = facts.movie_id
    group by facts.person_id
    order by movie_count desc, facts.person_id
    limit $facet_limit

)

select
    people.person_id::varchar as value,
    people.person_name as label,
    counted.movie_count
from counted
inner join marts.dim_people as people on counted.person_id = people.person_id
order by counted.movie_count desc, counted.person_id
