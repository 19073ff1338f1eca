{{ config(materialized = 'table') }}

with

source as (

    select * from {{ source('tmdb', 'credits') }}

)

select {{ column_formats('credits') }}
from source
