{# The key on which text is matched: NFD without marks, lower case, white space collapsed and trimmed. #}
{% macro text_key(text) -%}
    {{ return(adapter.dispatch('text_key')(text)) }}
{%- endmacro %}

{% macro duckdb__text_key(text) -%}
    trim(regexp_replace(strip_accents(lower({{ text }})), '[\s\p{Z}\x{85}]+', ' ', 'g'))
{%- endmacro %}

{#
    Normalized with ICU, which Spark includes, because Spark has no function for it; managed services may forbid `reflect`.
    Composed again at the end because DuckDB leaves Hangul composed.
#}
{% macro spark__text_key(text) -%}
    trim(regexp_replace(
        try_reflect(
            'com.ibm.icu.text.Normalizer',
            'compose',
            regexp_replace(
                try_reflect('com.ibm.icu.text.Normalizer', 'decompose', {{ lower_text(text) }}, false), r'\p{M}+', ''
            ),
            false
        ),
        r'[\t\n\f\r \p{Z}\x{85}]+', ' '
    ))
{%- endmacro %}

{# In lower case, letter by letter: Java also knows a final sigma, and a dotted capital I as two characters. #}
{% macro lower_text(text) -%}
    {{ return(adapter.dispatch('lower_text')(text)) }}
{%- endmacro %}

{% macro duckdb__lower_text(text) -%}
    lower({{ text }})
{%- endmacro %}

{% macro spark__lower_text(text) -%}
    lower(translate({{ text }}, 'Σİ', 'σi'))
{%- endmacro %}

{# Without spaces of any kind at both ends. #}
{% macro trim_spaces(text) -%}
    {{ return(adapter.dispatch('trim_spaces')(text)) }}
{%- endmacro %}

{% macro duckdb__trim_spaces(text) -%}
    trim({{ text }})
{%- endmacro %}

{% macro spark__trim_spaces(text) -%}
    regexp_replace({{ text }}, r'^\p{Zs}+|\p{Zs}+\z', '')
{%- endmacro %}

{# The text, or null if it is only white space. #}
{% macro known_text(text) -%}
    {{ return(adapter.dispatch('known_text')(text)) }}
{%- endmacro %}

{% macro duckdb__known_text(text) -%}
    case when not regexp_full_match({{ text }}, '[\s\p{Z}\x{85}]*') then {{ text }} end
{%- endmacro %}

{% macro spark__known_text(text) -%}
    case when {{ text }} rlike r'[^\t\n\f\r \p{Z}\x{85}]' then {{ text }} end
{%- endmacro %}

{# The words of a text in lower case: runs of letters, with inner apostrophes (`don't`). #}
{% macro plain_words(text) -%}
    {{ return(adapter.dispatch('plain_words')(text)) }}
{%- endmacro %}

{% macro duckdb__plain_words(text) -%}
    regexp_extract_all(replace(lower({{ text }}), '’', ''''), '[\pL\pM]+(?:''[\pL\pM]+)*')
{%- endmacro %}

{% macro spark__plain_words(text) -%}
    regexp_extract_all(replace({{ lower_text(text) }}, '’', "'"), r"[\pL\pM]+(?:'[\pL\pM]+)*", 0)
{%- endmacro %}

{# Creates a function of one text in the schema marts, for `where title_key = marts.text_key('Amélie')`. #}
{% macro create_function(name, parameter, body) -%}
    {{ return(adapter.dispatch('create_function')(name, parameter, body)) }}
{%- endmacro %}

{% macro duckdb__create_function(name, parameter, body) -%}
    create or replace macro marts.{{ name }}({{ parameter }}) as {{ body }}
{%- endmacro %}

{% macro spark__create_function(name, parameter, body) -%}
    create or replace function marts.{{ name }}({{ parameter }} string) return {{ body }}
{%- endmacro %}
