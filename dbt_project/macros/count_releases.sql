{# Films released in each `period`, with and without the dates that only stand for a year. #}
{% macro count_releases(movies, period) -%}
    select
        {{ period }},
        count(*) as movie_count,
        count(*) filter (where not is_placeholder_date) as non_placeholder_movie_count
    from {{ movies }}
    group by {{ period }}
{%- endmacro %}
