{{ config(materialized = 'view') }}

{{ kept_records(ref('stg_tmdb__keywords'), ref('int_keywords_classified')) }}
