{{ config(materialized = 'table') }}

with

source as (

    select * from {{ source('tmdb', 'movies') }}

)

select {{ column_formats('movies') }}
from source
