with

links as (

    select * from {{ ref('int_links_screened') }} where rejection_reason is null

)

select
    movielens_movie_id,
    movie_id,
    imdb_id
from links
order by movielens_movie_id
