with

movies as (

    select * from {{ ref('int_movies_measured') }}

),

-- A film counts fully for its cast and directors, and a tenth for the rest of the crew.
shares as (

    select person_id, movie_id, 1.0 as share
    from {{ ref('int_cast_entries_unnested') }}

    union all

    select person_id, movie_id, if(job = 'Director', 1.0, 0.1) as share
    from {{ ref('int_crew_entries_unnested') }}

),

credits as (

    select
        shares.person_id,
        shares.movie_id,
        movies.title,
        max(shares.share) * coalesce(movies.tmdb_vote_count, 0) as vote_count
    from shares
    inner join movies on shares.movie_id = movies.movie_id
    where shares.person_id is not null
    group by shares.person_id, shares.movie_id, movies.title, movies.tmdb_vote_count

)

select
    person_id,
    count(*) as movie_count,
    sum(vote_count) as vote_count,
    max_by(title, {{ struct_of({'vote_count': 'vote_count', 'movie_id': '-movie_id'}) }}, 3) as known_for_titles
from credits
group by person_id
