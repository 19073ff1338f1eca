{%- set measures = {
    'budget': 'budget_usd',
    'revenue': 'revenue_usd',
    'return': 'return_ratio',
    'runtime': 'runtime_minutes',
    'vote_count': 'tmdb_vote_count',
    'vote_mean': 'tmdb_vote_mean',
    'popularity': 'tmdb_popularity',
} -%}

with

movies as (

    select * from {{ ref('dim_movies') }}

)

-- A rank counts the films below, ties apart, because unknown values are sorted last.
select
    movie_id,
    {% for name, measure in measures.items() -%}
        case
            when {{ measure }} is not null
                then (rank() over (order by {{ measure }} nulls last) - 1) / count({{ measure }}) over ()
        end as lower_{{ name }}_share {{- ',' if not loop.last }}
    {% endfor -%}
from movies
order by movie_id
