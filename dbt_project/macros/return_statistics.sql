{# Aggregates over the returns of the films for which `counted` is true. #}
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
