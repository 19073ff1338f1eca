{#-
    The scale suits the skew of a measure; bin_width is the width of a histogram's bin on that scale, wide enough that
    no bin is empty only because a measure has few decimals.
-#}
{%- set measures = [
    ('budget_usd', 'log10', 0.25),
    ('revenue_usd', 'log10', 0.25),
    ('return_ratio', 'log10', 0.25),
    ('runtime_minutes', 'linear', 5),
    ('tmdb_vote_count', 'log2', 1),
    ('tmdb_vote_mean', 'linear', 0.5),
    ('tmdb_popularity', 'log10', 0.25),
] -%}

with

movies as (

    select * from {{ ref('int_movies_measured') }}

)

{% for measure, scale, bin_width in measures -%}
    select
        '{{ measure }}' as measure,
        '{{ scale }}' as scale,
        cast({{ bin_width }} as double) as bin_width,
        movie_id,
        cast({{ measure }} as double) as measure_value,
        {% if scale == 'linear' -%}
            cast({{ measure }} as double) as scaled_value
        {%- else -%}
            case when {{ measure }} > 0 then {{ scale }}({{ measure }}) end as scaled_value
        {%- endif %}
    from movies
    {{ 'union all' if not loop.last }}
{% endfor %}
