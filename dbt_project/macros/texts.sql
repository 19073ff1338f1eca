{# The overview, or null if it is one of the sentences that TMDB uses for a missing one. #}
{% macro known_overview(text) -%}
    case
        when {{ lower_text(trim_spaces(text)) }} not in ('no overview', 'no overview found.', 'no overview yet.')
            then {{ known_text(text) }}
    end
{%- endmacro %}
