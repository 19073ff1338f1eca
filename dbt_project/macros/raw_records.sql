{# The columns of a raw file whose cells a kept record may have unreadable, each with the value that is read from it. #}
{% macro checked_columns(source_name) -%}
    {{ return({
        'movies': {
            'belongs_to_collection': 'collections',
            'genres': 'genres',
            'production_companies': 'companies',
            'production_countries': 'countries',
            'spoken_languages': 'spoken_languages',
            'budget': known_or_zero('budget_usd', 'raw_record.budget'),
            'revenue': known_or_zero('revenue_usd', 'raw_record.revenue'),
            'runtime': known_or_zero('runtime_minutes', 'raw_record.runtime'),
            'popularity': 'tmdb_popularity',
            'vote_count': 'tmdb_vote_count',
            'vote_average': 'tmdb_vote_mean',
            'adult': 'is_adult',
            'video': 'is_video',
        },
        'credits': {'cast': 'cast_entries', 'crew': 'crew_entries'},
        'keywords': {'keywords': 'keywords'},
    }[source_name]) }}
{%- endmacro %}

{# A list of the raw cells that have text but no value, each a struct of column_name and cell_text. #}
{% macro unreadable_cells(source_name) -%}
    {%- set cells = [] -%}
    {%- for column, value in checked_columns(source_name).items() -%}
        {%- set cell = 'raw_record.' ~ column -%}
        {%- do cells.append(
            'case when ' ~ value ~ ' is null and ' ~ known_cell(cell) ~ ' is not null then '
            ~ struct_of({'column_name': "'" ~ column ~ "'", 'cell_text': cell}) ~ ' end'
        ) -%}
    {%- endfor -%}
    {{ list_without_nulls(cells) }}
{%- endmacro %}

{# A struct that says of each checked column whether the raw cell has text. #}
{% macro filled_cells(source_name) -%}
    {%- set cells = {} -%}
    {%- for column in checked_columns(source_name) -%}
        {%- do cells.update({column: known_cell('raw_record.' ~ column) ~ ' is not null'}) -%}
    {%- endfor -%}
    {{ struct_of(cells) }}
{%- endmacro %}
