{%- set models = {
    'movies': 'stg_tmdb__movie_formats', 'credits': 'stg_tmdb__credit_formats', 'keywords': 'stg_tmdb__keyword_formats'
} -%}

with

found as (

    {% for source_name, model in models.items() -%}
        {%- set last_source = loop.last -%}
        {%- for column in raw_columns(source_name) -%}
            select
                '{{ source_name }}' as source_name,
                '{{ column }}' as column_name,
                {{ unnest_list(column ~ '_format.found') }} as found_format
            from {{ ref(model) }}
            {{ 'union all' if not (loop.last and last_source) }}
        {% endfor -%}
    {% endfor %}

)

select
    source_name,
    column_name,
    found_format.cell_format,
    found_format.cell_count,
    found_format.example_cell
from found
order by source_name, column_name, found_format.cell_format
