{{ config(materialized = 'view') }}

with

ratings as (

    select * from {{ ref('stg_movielens__ratings') }}

),

links as (

    select * from {{ ref('int_links_kept') }}

)

select
    ratings.*,
    links.movie_id
from ratings
left join links on ratings.movielens_movie_id = links.movielens_movie_id
