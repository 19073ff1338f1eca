-- Films under the filters in force, by actor.
select
    people.person_id::varchar as value,
    people.person_name as label,
    count(*) as movie_count
from matching_movies
inner join marts.fct_movie_actors as facts on matching_movies.movie_id = facts.movie_id
inner join marts.dim_people as people on facts.person_id = people.person_id
group by people.person_id, people.person_name
order by movie_count desc, people.person_id
limit $facet_limit
