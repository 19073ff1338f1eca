{#
    Raw cells are text. These macros return null for a cell that is not entirely a value of its type. They are dispatched
    because the linter renders a dispatched macro as one call.
    An integer may end in a decimal zero (862.0), as tools write it that know integers with gaps only as decimals.
#}
{% macro read_integer(cell, type='integer') -%}
    {{ return(adapter.dispatch('read_integer')(cell, type)) }}
{%- endmacro %}

{% macro default__read_integer(cell, type) -%}
    {%- set text = trim_spaces(cell) -%}
    case
        when {{ matches(text, '[+-]?[0-9]+') }}
            then try_cast({{ text }} as {{ type }})
        when {{ matches(text, decimal_id_pattern()) }}
            then try_cast(regexp_extract({{ text }}, '[+-]?[0-9]+', 0) as {{ type }})
    end
{%- endmacro %}

{# Not three zeros, which may be thousands. #}
{% macro decimal_id_pattern() -%}
    {{ return('[+-]?[0-9]+[.,]0{1,2}') }}
{%- endmacro %}

{% macro read_decimal(cell) -%}
    {{ return(adapter.dispatch('read_decimal')(cell)) }}
{%- endmacro %}

{% macro default__read_decimal(cell) -%}
    {%- set text = trim_spaces(cell) -%}
    case
        when {{ matches(text, '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?') }}
            then try_cast({{ text }} as double)
    end
{%- endmacro %}

{# Python's True and False, or another spelling. #}
{% macro read_flag(cell) -%}
    {{ return(adapter.dispatch('read_flag')(cell)) }}
{%- endmacro %}

{% macro default__read_flag(cell) -%}
    case {{ cell }}
        when 'True' then true
        when 'False' then false
        else case
            when {{ lower_text(trim_spaces(cell)) }} in ('true', '1', '1.0', 'verdadero') then true
            when {{ lower_text(trim_spaces(cell)) }} in ('false', '0', '0.0', 'falso') then false
        end
    end
{%- endmacro %}

{# The raw files record an unknown amount as 0. Negative amounts and amounts of 10 trillion or more are errors. #}
{% macro known_amount(number) -%}
    case when {{ number }} < 1e13 and {{ number }} > 0 then {{ number }} end
{%- endmacro %}

{# The amount, or 0 if the cell records it as unknown; null if the cell cannot be read. #}
{% macro known_or_zero(amount, cell) -%}
    coalesce({{ amount }}, case when round({{ read_decimal("replace(" ~ cell ~ ", ',', '.')") }}) = 0 then 0 end)
{%- endmacro %}

{# The number if it is between the bounds; null otherwise. #}
{% macro on_scale(number, least, most) -%}
    case when {{ number }} between {{ least }} and {{ most }} then {{ number }} end
{%- endmacro %}
