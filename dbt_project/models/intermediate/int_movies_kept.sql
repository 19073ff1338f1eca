{{ config(materialized = 'view') }}

{{ kept_records(ref('stg_tmdb__movies'), ref('int_movies_classified')) }}
