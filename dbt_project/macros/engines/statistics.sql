{# The skewness of a sample, adjusted for its size; null for fewer than three values. #}
{% macro sample_skewness(value) -%}
    {{ return(adapter.dispatch('sample_skewness')(value)) }}
{%- endmacro %}

{% macro duckdb__sample_skewness(value) -%}
    skewness({{ value }})
{%- endmacro %}

{# Spark has the skewness of a population. #}
{% macro spark__sample_skewness(value) -%}
    case
        when count({{ value }}) > 2
            then skewness({{ value }}) * sqrt(count({{ value }}) * (count({{ value }}) - 1)) / (count({{ value }}) - 2)
    end
{%- endmacro %}

{# The logarithm of the gamma function. #}
{% macro log_gamma(number) -%}
    {{ return(adapter.dispatch('log_gamma')(number)) }}
{%- endmacro %}

{% macro duckdb__log_gamma(number) -%}
    lgamma({{ number }})
{%- endmacro %}

{% macro spark__log_gamma(number) -%}
    cast(reflect('org.apache.commons.math3.special.Gamma', 'logGamma', cast({{ number }} as double)) as double)
{%- endmacro %}

{% macro is_finite(number) -%}
    {{ return(adapter.dispatch('is_finite')(number)) }}
{%- endmacro %}

{% macro duckdb__is_finite(number) -%}
    isfinite({{ number }})
{%- endmacro %}

{% macro spark__is_finite(number) -%}
    (not isnan({{ number }}) and abs({{ number }}) < double('infinity'))
{%- endmacro %}

{# The day of the week, 1 (Monday) to 7 (Sunday). #}
{% macro iso_weekday(date) -%}
    {{ return(adapter.dispatch('iso_weekday')(date)) }}
{%- endmacro %}

{% macro duckdb__iso_weekday(date) -%}
    isodow({{ date }})
{%- endmacro %}

{% macro spark__iso_weekday(date) -%}
    weekday({{ date }}) + 1
{%- endmacro %}
