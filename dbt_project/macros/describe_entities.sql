{# One name an entity: the one that most of its entries bear, of equals the first in the alphabet. #}
{% macro most_common_name(entries, key, name) -%}
    select
        {{ key }},
        first({{ name }} order by {{ name }} is null, entry_count desc, {{ name }}) as {{ name }}
    from (
        select
            {{ key }},
            {{ name }},
            count(*) as entry_count
        from {{ entries }}
        group by {{ key }}, {{ name }}
    ) as named
    group by {{ key }}
{%- endmacro %}

{# Films and money of each entity that films list. #}
{% macro movie_totals(entries, movies, key) -%}
    select
        {{ entries }}.{{ key }},
        count(*) as movie_count,
        count({{ movies }}.revenue_usd) as known_revenue_movie_count,
        cast(sum({{ movies }}.revenue_usd) as bigint) as total_revenue_usd
    from {{ entries }}
    inner join {{ movies }} on {{ entries }}.movie_id = {{ movies }}.movie_id
    group by {{ entries }}.{{ key }}
{%- endmacro %}

{# What is said of the returns of a group of films, over those that `counted` lets in. #}
{% macro return_statistics(counted='true') -%}
    count(*) filter (where {{ counted }}) as movie_count,
    count(return_ratio) filter (where {{ counted }}) as known_return_movie_count,
    coalesce(sum(return_ratio) filter (where {{ counted }}), 0) as total_return_ratio,
    coalesce(sum(return_ratio) filter (where {{ counted }}), 0)
    / nullif(count(*) filter (where {{ counted }}), 0) as mean_return_ratio,
    avg(return_ratio) filter (where {{ counted }}) as known_mean_return_ratio,
    median(return_ratio) filter (where {{ counted }}) as known_median_return_ratio,
    sum(revenue_usd) filter (where {{ counted }} and return_ratio is not null)
    / sum(budget_usd) filter (where {{ counted }} and return_ratio is not null) as pooled_return_ratio
{%- endmacro %}
