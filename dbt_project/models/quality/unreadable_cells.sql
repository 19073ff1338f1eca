{#- each cell that must be read as something: its column, and the value that is null where that failed -#}
{%- set cells = {
    'movies': [
        ('belongs_to_collection', 'kept.collections'),
        ('genres', 'kept.genres'),
        ('production_companies', 'kept.companies'),
        ('production_countries', 'kept.countries'),
        ('spoken_languages', 'kept.spoken_languages'),
        ('budget', known_or_zero('kept.budget_usd', 'raw_records.budget')),
        ('revenue', known_or_zero('kept.revenue_usd', 'raw_records.revenue')),
        ('runtime', known_or_zero('kept.runtime_minutes', 'raw_records.runtime')),
        ('popularity', 'kept.tmdb_popularity'),
        ('vote_count', 'kept.tmdb_vote_count'),
        ('vote_average', 'kept.tmdb_vote_mean'),
        ('adult', 'kept.is_adult'),
        ('video', 'kept.is_video'),
    ],
    'credits': [('cast', 'kept.cast_entries'), ('crew', 'kept.crew_entries')],
    'keywords': [('keywords', 'kept.keywords')],
} -%}

with

checked as (

    {% for source_name, columns in cells.items() -%}
        select
            '{{ source_name }}' as source_name,
            kept.row_number,
            kept.record_key,
            unnest([
                {% for column, value in columns -%}
                    {%- set cell = 'raw_records."' ~ column ~ '"' -%}
                    case
                        when {{ value }} is null and {{ known_text(cell) }} is not null
                            then struct_pack(column_name := '{{ column }}', cell_text := {{ cell }})
                    end {{- ',' if not loop.last }}
                {% endfor %}
            ]) as cell
        from {{ ref('int_' ~ source_name ~ '_kept') }} as kept
        inner join {{ ref('base_tmdb__' ~ source_name) }} as raw_records on kept.row_number = raw_records.row_number
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    source_name,
    row_number,
    record_key,
    cell.column_name,
    cell.cell_text
from checked
where cell is not null
order by source_name, row_number, cell.column_name
