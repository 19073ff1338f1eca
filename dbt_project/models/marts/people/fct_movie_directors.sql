with

crew_credits as (

    select * from {{ ref('fct_crew_credits') }}

)

select distinct
    movie_id,
    person_id
from crew_credits
where job = 'Director' and person_id is not null
order by movie_id, person_id
