-- A malformed row is broken in two after the overview, and the last cells are lost.
with drawn as (
    select
        film,
        kind,
        draw_title(film, 'title', draw_length(film, 'title', 1)) as title,
        array_to_string(draw_words(film, 'overview', draw_length(film, 'overview', 1)), ' ') as overview,
        array_to_string(draw_words(film, 'tagline', draw_length(film, 'tagline', 1)), ' ') as tagline,
        date '1900-01-01' + cast(draw_number(film, 'release_day') as integer) as release_day,
        draw_rank(film, 'collections', 0) as collection,
        '/' || make_word(film) || '.jpg' as poster_path
    from films
),

rows as (
    select
        kind,
        tagline,
        [
            'False',
            if(
                is_known(film, 'collections'),
                format(
                    $${{'id': {}, 'name': '{} Collection', 'poster_path': None, 'backdrop_path': None}}$$,
                    collection + 1,
                    capitalize(make_word(collection))
                ),
                null
            ),
            if(kind = 'unreadable', poster_path, format('{:.0f}', draw_number(film, 'budget'))),
            if(
                kind = 'unreadable',
                $$[{'id': 18, 'name': 'Cut$$,
                make_list(list_transform(
                    draw_ranks(film, 'genres', draw_length(film, 'genres', 1)),
                    lambda number: format($${{'id': {}, 'name': '{}'}}$$, number + 1, capitalize(make_word(number)))
                ))
            ),
            if(is_known(film, 'homepage'), 'http://www.' || make_word(film) || '.com', null),
            format('{}', film + 1),
            format('tt{:07}', film + 1),
            make_code(draw_rank(film, 'original_languages', 0)),
            title,
            capitalize(overview),
            format('{:.6f}', draw_number(film, 'popularity')),
            poster_path,
            make_list(list_transform(
                draw_ranks(film, 'companies', draw_length(film, 'companies', 1)),
                lambda number: format(
                    $${{'name': '{} {}', 'id': {}}}$$,
                    capitalize(make_word(number)),
                    ['Films', 'Pictures', 'Productions', 'Studio', 'Entertainment'][1 + number % 5],
                    number + 1
                )
            )),
            make_list(list_transform(
                draw_ranks(film, 'countries', draw_length(film, 'countries', 1)),
                lambda number: format(
                    $${{'iso_3166_1': '{}', 'name': '{}'}}$$, upper(make_code(number)), capitalize(make_word(number))
                )
            )),
            case
                when kind = 'movies.missing_release_date' then null
                when kind = 'movies.invalid_release_date' then strftime(release_day, '%Y/%m/%d')
                when chance(film, 'placeholder', 0) < getvariable('placeholder_dates')
                    then strftime(release_day, '%Y-01-01')
                else strftime(release_day, '%Y-%m-%d')
            end,
            format('{:.0f}', draw_number(film, 'revenue')),
            format('{:.1f}', draw_number(film, 'runtime')),
            make_list(list_transform(
                draw_ranks(film, 'spoken_languages', draw_length(film, 'spoken_languages', 1)),
                lambda number: format(
                    $${{'iso_639_1': '{}', 'name': '{}'}}$$, make_code(number), capitalize(make_word(number))
                )
            )),
            if(is_known(film, 'status'), 'Released', null),
            nullif(capitalize(tagline), ''),
            title,
            'False',
            format('{:.1f}', draw_number(film, 'vote_average')),
            format('{:.0f}', draw_number(film, 'vote_count'))
        ] as cells
    from drawn
),

lines as (
    select unnest(case kind
        when 'movies.malformed_row'
            then [list_resize(cells[:10], 24), list_resize([' - ' || tagline] || cells[11:], 24)]
        when 'movies.duplicate_id' then [cells, cells[:10] || ['0'] || cells[12:]]
        else [cells]
    end) as cells
    from rows
)

select
    cells[1] as adult,
    cells[2] as belongs_to_collection,
    cells[3] as budget,
    cells[4] as genres,
    cells[5] as homepage,
    cells[6] as id,
    cells[7] as imdb_id,
    cells[8] as original_language,
    cells[9] as original_title,
    cells[10] as overview,
    cells[11] as popularity,
    cells[12] as poster_path,
    cells[13] as production_companies,
    cells[14] as production_countries,
    cells[15] as release_date,
    cells[16] as revenue,
    cells[17] as runtime,
    cells[18] as spoken_languages,
    cells[19] as status,
    cells[20] as tagline,
    cells[21] as title,
    cells[22] as video,
    cells[23] as vote_average,
    cells[24] as vote_count
from lines
