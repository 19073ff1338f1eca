-- Every cast and crew entry of a kept record is one credit.
with

entries as (

    select
        coalesce(sum({{ list_length('cast_entries') }}), 0) as cast_count,
        coalesce(sum({{ list_length('crew_entries') }}), 0) as crew_count
    from {{ ref('int_credits_screened') }}
    where rejection_reason is null

),

credits as (

    select
        (select count(*) from {{ ref('fct_cast_credits') }}) as cast_count,
        (select count(*) from {{ ref('fct_crew_credits') }}) as crew_count

)

select *
from entries
inner join credits on entries.cast_count != credits.cast_count or entries.crew_count != credits.crew_count
