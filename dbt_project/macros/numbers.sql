{# Python's True and False. #}
{% macro read_flag(cell) -%}
    case {{ cell }} when 'True' then true when 'False' then false end
{%- endmacro %}

{# The raw files record an unknown amount as 0. Negative amounts and amounts of 10 trillion or more are errors. #}
{% macro known_amount(number) -%}
    case when {{ number }} < 1e13 and {{ number }} > 0 then {{ number }} end
{%- endmacro %}

{# The amount, or 0 if the cell records it as unknown; null if the cell cannot be read. #}
{% macro known_or_zero(amount, cell) -%}
    coalesce({{ amount }}, case when round({{ read_decimal(cell) }}) = 0 then 0 end)
{%- endmacro %}

{# The number if it is between the bounds; null otherwise. #}
{% macro on_scale(number, least, most) -%}
    case when {{ number }} between {{ least }} and {{ most }} then {{ number }} end
{%- endmacro %}
