with

cast_credits as (

    select * from {{ ref('fct_cast_credits') }}

),

directors as (

    select * from {{ ref('fct_movie_directors') }}

),

actors as (

    select distinct
        movie_id,
        person_id
    from cast_credits
    where person_id is not null

)

select
    actors.movie_id,
    actors.person_id,
    directors.person_id is not null as is_also_director
from actors
left join directors
    on
        actors.movie_id = directors.movie_id
        and actors.person_id = directors.person_id
order by actors.movie_id, actors.person_id
