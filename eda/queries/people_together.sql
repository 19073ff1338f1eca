-- The forty pairs of people with the most films together, and the number of pairs with three or more.
select
    pairs.relation,
    pairs.person_id,
    pairs.other_person_id,
    people.person_name,
    others.person_name as other_person_name,
    pairs.movie_count,
    pairs.first_release_year,
    pairs.last_release_year,
    count(*) over () as pair_count
from marts.mart_eda_person_pairs as pairs
inner join marts.dim_people as people on pairs.person_id = people.person_id
inner join marts.dim_people as others on pairs.other_person_id = others.person_id
where pairs.relation = $relation
order by pairs.movie_count desc, pairs.person_id, pairs.other_person_id
limit 40
