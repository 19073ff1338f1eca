-- The crew of a film, in the order of its list.
select
    credits.person_id,
    people.person_name,
    credits.department,
    credits.job
from marts.fct_crew_credits as credits
left join marts.dim_people as people on credits.person_id = people.person_id
where credits.movie_id = $movie_id
order by credits.list_position, credits.person_id
