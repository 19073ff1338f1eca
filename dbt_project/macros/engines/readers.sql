{# Whether a whole text matches a regular expression, which must not contain a quote: \x27 is one. #}
{% macro matches(text, pattern) -%}
    {{ return(adapter.dispatch('matches')(text, pattern)) }}
{%- endmacro %}

{% macro duckdb__matches(text, pattern) -%}
    regexp_full_match({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro spark__matches(text, pattern) -%}
    {{ text }} rlike r'^(?:{{ pattern }})\z'
{%- endmacro %}

{# Seconds since 1970 (UTC), for years with four digits. #}
{% macro read_epoch_seconds(cell) -%}
    {{ return(adapter.dispatch('read_epoch_seconds')(cell)) }}
{%- endmacro %}

{% macro duckdb__read_epoch_seconds(cell) -%}
    case
        when regexp_full_match(trim({{ cell }}), '[0-9]{1,11}')
            then make_timestamp(cast(trim({{ cell }}) as bigint) * 1000000)
    end
{%- endmacro %}

{% macro spark__read_epoch_seconds(cell) -%}
    {%- set text = trim_spaces(cell) -%}
    case
        when {{ text }} rlike r'^[0-9]{1,11}\z'
            then cast(timestamp_seconds(cast({{ text }} as bigint)) as timestamp_ntz)
    end
{%- endmacro %}

{# The nearest integer, and the even one of two. DuckDB rounds in a cast, Spark truncates. #}
{% macro nearest_integer(number) -%}
    {{ return(adapter.dispatch('nearest_integer')(number)) }}
{%- endmacro %}

{% macro duckdb__nearest_integer(number) -%}
    try_cast({{ number }} as bigint)
{%- endmacro %}

{% macro spark__nearest_integer(number) -%}
    cast(rint({{ number }}) as bigint)
{%- endmacro %}

{# The first 48 bits of the MD5 hash of a text. #}
{% macro name_hash(text) -%}
    {{ return(adapter.dispatch('name_hash')(text)) }}
{%- endmacro %}

{% macro duckdb__name_hash(text) -%}
    cast('0x' || left(md5({{ text }}), 12) as bigint)
{%- endmacro %}

{% macro spark__name_hash(text) -%}
    cast(conv(left(md5({{ text }}), 12), 16, 10) as bigint)
{%- endmacro %}
