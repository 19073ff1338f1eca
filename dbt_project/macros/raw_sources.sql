{# The raw files, as every table about their rows names them. #}
{% macro raw_sources() -%}
    {{ return([
        {'name': 'movies', 'base': 'base_tmdb__movies'},
        {'name': 'credits', 'base': 'base_tmdb__credits'},
        {'name': 'keywords', 'base': 'base_tmdb__keywords'},
        {'name': 'links', 'base': 'base_movielens__links'},
        {'name': 'ratings', 'base': 'base_movielens__ratings'},
    ]) }}
{%- endmacro %}

{# The cells of kept records that must be read as something: the value is null where that failed. #}
{% macro parsed_cells() -%}
    {%- set cells = [
        {'source': 'credits', 'column': 'cast', 'value': 'kept.cast_entries'},
        {'source': 'credits', 'column': 'crew', 'value': 'kept.crew_entries'},
        {'source': 'keywords', 'column': 'keywords', 'value': 'kept.keywords'},
        {'source': 'movies', 'column': 'belongs_to_collection', 'value': 'kept.collections'},
        {'source': 'movies', 'column': 'genres', 'value': 'kept.genres'},
        {'source': 'movies', 'column': 'production_companies', 'value': 'kept.companies'},
        {'source': 'movies', 'column': 'production_countries', 'value': 'kept.countries'},
        {'source': 'movies', 'column': 'spoken_languages', 'value': 'kept.spoken_languages'},
    ] -%}
    {%- for column in ['budget', 'revenue', 'runtime', 'popularity', 'vote_count', 'vote_average'] -%}
        {%- do cells.append({
            'source': 'movies', 'column': column, 'value': read_decimal('raw_records.' ~ column)
        }) -%}
    {%- endfor -%}
    {%- for cell in cells -%}
        {%- do cell.update({'base': 'base_tmdb__' ~ cell.source}) -%}
    {%- endfor -%}
    {{ return(cells) }}
{%- endmacro %}

{# A raw record as one JSON object, without the number that the scan gave it. #}
{% macro record_as_json(record) -%}
    {{ return(adapter.dispatch('record_as_json')(record)) }}
{%- endmacro %}

{% macro duckdb__record_as_json(record) -%}
    cast(json_merge_patch(to_json({{ record }}), '{"row_number": null}') as varchar)
{%- endmacro %}
