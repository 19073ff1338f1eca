{# The id in the raw file, or else a stable negative id derived from the name. #}
{% macro identity(id, name) -%}
    coalesce(
        {{ read_integer(id, 'bigint') }},
        -1 - cast('0x' || left(md5({{ text_key(known_text(name)) }}), 12) as bigint)
    )
{%- endmacro %}
