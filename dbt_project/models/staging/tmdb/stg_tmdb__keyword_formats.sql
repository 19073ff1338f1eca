{{ config(materialized = 'table') }}

with

source as (

    select * from {{ source('tmdb', 'keywords') }}

)

select {{ column_formats('keywords') }}
from source
