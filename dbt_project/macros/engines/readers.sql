{# Raw cells are text. Each of these macros returns null for a cell that is not entirely a value of its type. #}
{% macro read_integer(cell, type='integer') -%}
    {{ return(adapter.dispatch('read_integer')(cell, type)) }}
{%- endmacro %}

{% macro duckdb__read_integer(cell, type) -%}
    case when regexp_full_match(trim({{ cell }}), '[+-]?[0-9]+') then try_cast(trim({{ cell }}) as {{ type }}) end
{%- endmacro %}

{% macro spark__read_integer(cell, type) -%}
    {%- set text = trim_spaces(cell) -%}
    case when {{ text }} rlike r'^[+-]?[0-9]+\z' then try_cast({{ text }} as {{ type }}) end
{%- endmacro %}

{% macro read_decimal(cell) -%}
    {{ return(adapter.dispatch('read_decimal')(cell)) }}
{%- endmacro %}

{% macro duckdb__read_decimal(cell) -%}
    case
        when regexp_full_match(trim({{ cell }}), '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?')
            then try_cast(trim({{ cell }}) as double)
    end
{%- endmacro %}

{% macro spark__read_decimal(cell) -%}
    {%- set text = trim_spaces(cell) -%}
    case
        when {{ text }} rlike r'^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?\z'
            then try_cast({{ text }} as double)
    end
{%- endmacro %}

{% macro read_date(cell) -%}
    {{ return(adapter.dispatch('read_date')(cell)) }}
{%- endmacro %}

{% macro duckdb__read_date(cell) -%}
    case
        when regexp_full_match({{ cell }}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') and not starts_with({{ cell }}, '0000')
            then try_cast({{ cell }} as date)
    end
{%- endmacro %}

{% macro spark__read_date(cell) -%}
    case
        when {{ cell }} rlike r'^[0-9]{4}-[0-9]{2}-[0-9]{2}\z' and not startswith({{ cell }}, '0000')
            then try_cast({{ cell }} as date)
    end
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
