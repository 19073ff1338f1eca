-- For each actor: films counted under `excluded` + films left out = films counted under `included`.
with

included as (

    select * from {{ ref('fct_returns_by_actor') }} where director_policy = 'included'

),

excluded as (

    select * from {{ ref('fct_returns_by_actor') }} where director_policy = 'excluded'

)

select included.person_id
from included
inner join excluded on included.person_id = excluded.person_id
inner join {{ ref('dim_people') }} as people on included.person_id = people.person_id
where
    excluded.movie_count + excluded.excluded_directed_movie_count != included.movie_count
    or included.movie_count != people.cast_movie_count
    or excluded.known_return_movie_count > included.known_return_movie_count
