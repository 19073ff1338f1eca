{# The id in the raw file, or else a stable negative id derived from the name. #}
{% macro identity(id, name) -%}
    coalesce({{ read_integer(id, 'bigint') }}, -1 - {{ name_hash(text_key(known_text(name))) }})
{%- endmacro %}

{# The code of an entry, or else the id that is derived from its name. #}
{% macro code_or_identity(code) -%}
    coalesce({{ code }}, cast({{ identity('null', 'entry.name') }} as string))
{%- endmacro %}
