{{ config(materialized = 'view') }}

{{ kept_records(ref('stg_tmdb__credits'), ref('int_credits_classified')) }}
