{# Raw cells are text. Each of these macros returns null for a cell that is not entirely a value of its type. #}
{% macro read_integer(cell, type='integer') -%}
    {{ return(adapter.dispatch('read_integer')(cell, type)) }}
{%- endmacro %}

{% macro duckdb__read_integer(cell, type) -%}
    case when regexp_full_match(trim({{ cell }}), '[+-]?[0-9]+') then try_cast(trim({{ cell }}) as {{ type }}) end
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

{# Python's True and False. #}
{% macro read_flag(cell) -%}
    case {{ cell }} when 'True' then true when 'False' then false end
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

{# The raw files record an unknown amount as 0. Negative amounts and amounts of 10 trillion or more are errors. #}
{% macro known_amount(number, type) -%}
    case when {{ number }} < 1e13 and cast({{ number }} as {{ type }}) > 0 then cast({{ number }} as {{ type }}) end
{%- endmacro %}

{# The amount, or 0 if the cell records it as unknown; null if the cell cannot be read. #}
{% macro known_or_zero(amount, cell) -%}
    coalesce({{ amount }}, case when round({{ read_decimal(cell) }}) = 0 then 0 end)
{%- endmacro %}

{# The number if it is between the bounds; null otherwise. #}
{% macro on_scale(number, least, most) -%}
    case when {{ number }} between {{ least }} and {{ most }} then {{ number }} end
{%- endmacro %}
