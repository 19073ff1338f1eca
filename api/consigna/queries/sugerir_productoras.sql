-- The production companies nearest to one that is not known, best first; of names about as
-- near, the one with most films.
with

names as (

    select
        company_name as nombre,
        company_id,
        movie_count as weight,
        similarity(company_name_key, marts.text_key($nombre)) as similarity
    from marts.dim_companies

)

select nombre
from names
where similarity >= 0.8
group by nombre
order by max(round(similarity, 1)) desc, max(weight) desc, min(company_id)
limit 5
