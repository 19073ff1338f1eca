{# Raw cells are text. Each reader gives null for a cell that is not wholly what it should be. #}
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

{# True and False as Python writes them. #}
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

{# Seconds since 1970, UTC, of years that have four digits. #}
{% macro read_epoch_seconds(cell) -%}
    {{ return(adapter.dispatch('read_epoch_seconds')(cell)) }}
{%- endmacro %}

{% macro duckdb__read_epoch_seconds(cell) -%}
    case
        when regexp_full_match(trim({{ cell }}), '[0-9]{1,11}')
            then make_timestamp(cast(trim({{ cell }}) as bigint) * 1000000)
    end
{%- endmacro %}

{# Zero is how the raw files write an amount that nobody knows; less than zero, or trillions, is no amount. #}
{% macro known_amount(number, type) -%}
    case when {{ number }} < 1e13 and cast({{ number }} as {{ type }}) > 0 then cast({{ number }} as {{ type }}) end
{%- endmacro %}

{# The amount, or 0 where the cell says that nobody knows it; null where the cell is neither. #}
{% macro known_or_zero(amount, cell) -%}
    coalesce({{ amount }}, case when round({{ read_decimal(cell) }}) = 0 then 0 end)
{%- endmacro %}

{# A number on its scale; one that is off it is no reading of the cell. #}
{% macro on_scale(number, least, most) -%}
    case when {{ number }} between {{ least }} and {{ most }} then {{ number }} end
{%- endmacro %}
