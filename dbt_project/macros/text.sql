{# The key on which text is matched: NFD without marks, lower case, white space collapsed and trimmed. #}
{% macro text_key(text) -%}
    {{ return(adapter.dispatch('text_key')(text)) }}
{%- endmacro %}

{% macro duckdb__text_key(text) -%}
    trim(regexp_replace(strip_accents(lower({{ text }})), '[\s\p{Z}\x{85}]+', ' ', 'g'))
{%- endmacro %}

{# The text, or null if it is only white space. #}
{% macro known_text(text) -%}
    {{ return(adapter.dispatch('known_text')(text)) }}
{%- endmacro %}

{% macro duckdb__known_text(text) -%}
    case when not regexp_full_match({{ text }}, '[\s\p{Z}\x{85}]*') then {{ text }} end
{%- endmacro %}

{# The overview, or null if it is one of the sentences that TMDB uses for a missing one. #}
{% macro known_overview(text) -%}
    case
        when lower(trim({{ text }})) not in ('no overview', 'no overview found.', 'no overview yet.')
            then {{ known_text(text) }}
    end
{%- endmacro %}

{# Creates the function text_key in the database, for `where title_key = marts.text_key('Amélie')`. #}
{% macro create_text_key_function() -%}
    create schema if not exists marts;
    create or replace macro marts.text_key(value) as {{ text_key('value') }}
{%- endmacro %}

{# The words of a text in lower case: runs of letters, with inner apostrophes (`don't`). #}
{% macro plain_words(text) -%}
    {{ return(adapter.dispatch('plain_words')(text)) }}
{%- endmacro %}

{% macro duckdb__plain_words(text) -%}
    regexp_extract_all(replace(lower({{ text }}), '’', ''''), '[\pL\pM]+(?:''[\pL\pM]+)*')
{%- endmacro %}
