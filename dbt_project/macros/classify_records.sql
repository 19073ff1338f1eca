{#
    Says of every record of a staged file whether it is kept (rejection_reason is null) or why it is not.
    The reasons, in order: `defect`, an expression that gives the record's own fault or null; `duplicate_id`, when
    another record with the same `key` has more of `best_first`, or as much and stands before it; `unknown_movie`, when its film is not kept.
#}
{% macro classify_records(staged, defect, key, best_first, kept_movies=none) -%}
with

records as (

    select * from {{ staged }}

),

checked as (

    select
        row_number,
        record_key,
        movie_id,
        {{ key }} as duplicate_key,
        {{ best_first }} as preference,
        {{ defect }} as defect
    from records

),

ranked as (

    select
        *,
        row_number() over (
            partition by duplicate_key, defect is null
            order by preference desc nulls last, row_number
        ) as preference_rank
    from checked

)

select
    row_number,
    record_key,
    case
        when defect is not null then defect
        when preference_rank > 1 then 'duplicate_id'
        {%- if kept_movies is not none %}
        when movie_id is null or movie_id not in (select kept.movie_id from {{ kept_movies }} as kept)
            then 'unknown_movie'
        {%- endif %}
    end as rejection_reason
from ranked
{%- endmacro %}
