{{ config(materialized = 'view') }}

{{ kept_records(ref('stg_movielens__links'), ref('int_links_classified')) }}
