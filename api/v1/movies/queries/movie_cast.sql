-- The cast of a film, in billing order.
select
    credits.person_id,
    people.person_name,
    credits.character_name,
    credits.billing_order
from marts.fct_cast_credits as credits
left join marts.dim_people as people on credits.person_id = people.person_id
where credits.movie_id = $movie_id
order by credits.billing_order nulls last, credits.list_position, credits.person_id
