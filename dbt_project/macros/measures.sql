{#
    What the exploratory tables measure of a film: one row per film and measure, a column of dim_movies, unknown ones
    included. Each has the scale that fits its skew and the width of a histogram's bin on it, such that no bin is empty
    only because a measure has few decimals. There is no logarithm of 0: what has no place on its scale has no
    scaled_value.
#}
{% macro unpivot_measures(movies) -%}
    {%- set measures = [
        ('budget_usd', 'log10', 0.25),
        ('revenue_usd', 'log10', 0.25),
        ('return_ratio', 'log10', 0.25),
        ('runtime_minutes', 'linear', 5),
        ('tmdb_vote_count', 'log2', 1),
        ('tmdb_vote_mean', 'linear', 0.5),
        ('tmdb_popularity', 'log10', 0.25),
    ] -%}
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
        from {{ movies }}
        {{ 'union all' if not loop.last }}
    {% endfor %}
{%- endmacro %}

{# A value on a measure's scale, back in the measure's unit. #}
{% macro unscale(scaled, scale) -%}
    case {{ scale }} when 'log10' then pow(10, {{ scaled }}) when 'log2' then pow(2, {{ scaled }}) else {{ scaled }} end
{%- endmacro %}

{# How far beyond the quartiles Tukey's fences stand: `steps` times the distance between the quartiles, on the scale. #}
{% macro fence(quartile, sign, steps) -%}
    {{ quartile }} {{ sign }} {{ steps }} * (scaled_third_quartile - scaled_first_quartile)
{%- endmacro %}
