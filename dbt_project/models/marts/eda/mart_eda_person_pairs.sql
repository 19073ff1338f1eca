with

movies as (

    select * from {{ ref('dim_movies') }}

),

cast_credits as (

    select * from {{ ref('fct_cast_credits') }}

),

movie_directors as (

    select * from {{ ref('fct_movie_directors') }}

),

-- The first ten of the cast, because people further down have rarely worked together.
leads as (

    select distinct
        movie_id,
        person_id
    from cast_credits
    where list_position <= 10 and person_id is not null

),

together as (

    select
        'costars' as relation,
        leads.person_id,
        others.person_id as other_person_id,
        leads.movie_id
    from leads
    inner join leads as others on leads.movie_id = others.movie_id and leads.person_id < others.person_id

    union all

    select
        'director_and_actor' as relation,
        movie_directors.person_id,
        leads.person_id as other_person_id,
        leads.movie_id
    from movie_directors
    inner join leads on movie_directors.movie_id = leads.movie_id and movie_directors.person_id != leads.person_id

),

counted as (

    select
        together.relation,
        together.person_id,
        together.other_person_id,
        count(*) as movie_count,
        min(movies.release_year) as first_release_year,
        max(movies.release_year) as last_release_year
    from together
    inner join movies on together.movie_id = movies.movie_id
    group by together.relation, together.person_id, together.other_person_id
    having count(*) >= 3

)

select
    relation,
    person_id,
    other_person_id,
    movie_count,
    first_release_year,
    last_release_year
from counted
order by relation, movie_count desc, person_id, other_person_id
