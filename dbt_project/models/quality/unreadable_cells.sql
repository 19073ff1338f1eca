{#- what each cell must be read as: the value is null where that failed -#}
{%- set cells = [
    ('credits', 'cast', 'kept.cast_entries'),
    ('credits', 'crew', 'kept.crew_entries'),
    ('keywords', 'keywords', 'kept.keywords'),
    ('movies', 'belongs_to_collection', 'kept.collections'),
    ('movies', 'genres', 'kept.genres'),
    ('movies', 'production_companies', 'kept.companies'),
    ('movies', 'production_countries', 'kept.countries'),
    ('movies', 'spoken_languages', 'kept.spoken_languages'),
    ('movies', 'budget', read_decimal('raw_records.budget')),
    ('movies', 'revenue', read_decimal('raw_records.revenue')),
    ('movies', 'runtime', read_decimal('raw_records.runtime')),
    ('movies', 'popularity', read_decimal('raw_records.popularity')),
    ('movies', 'vote_count', read_decimal('raw_records.vote_count')),
    ('movies', 'vote_average', read_decimal('raw_records.vote_average')),
] -%}

with

unreadable as (

    {% for source_name, column, value in cells -%}
        {%- set cell = 'raw_records."' ~ column ~ '"' -%}
        select
            '{{ source_name }}' as source_name,
            kept.row_number,
            kept.record_key,
            '{{ column }}' as column_name,
            {{ cell }} as cell_text
        from {{ ref('int_' ~ source_name ~ '_kept') }} as kept
        inner join {{ ref('base_tmdb__' ~ source_name) }} as raw_records on kept.row_number = raw_records.row_number
        where {{ known_text(cell) }} is not null and {{ value }} is null
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    source_name,
    row_number,
    record_key,
    column_name,
    cell_text
from unreadable
order by source_name, row_number, column_name
