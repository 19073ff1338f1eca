with drawn as (
    select
        film,
        kind,
        draw_ranks(film, 'people', draw_length(film, 'cast', getvariable('cast_factor'))) as actors,
        range(draw_length(film, 'cast', getvariable('crew_factor'))) as crew_places
    from films
),

entries as (
    select
        film,
        kind,
        list_transform(actors, lambda number, place: format(
            $${{'cast_id': {}, 'character': '{}', 'credit_id': '{:012x}{:012x}', 'gender': {}, 'id': {}, 'name': '{}', 'order': {}, 'profile_path': '/{:027x}.jpg'}}$$,
            place, draw_title(film, hash('character', place), 2), film, place, number % 3, number + 1,
            make_person(number), place - 1, number
        )) as cast_entries,
        list_transform(list_zip(
            crew_places,
            list_transform(crew_places, lambda place: draw_rank(film, 'people', 'crew' || place)),
            list_transform(
                crew_places, lambda place: if(place = 0, 0, 1 + draw_rank(film, 'other_jobs', place))
            )
        ), lambda one: format(
            $${{'credit_id': '{:012x}c{:011x}', 'department': '{}', 'gender': {}, 'id': {}, 'job': '{}', 'name': '{}', 'profile_path': None}}$$,
            film, one[1], coalesce(getvariable('departments')[1 + one[3]], 'Crew'), one[2] % 3, one[2] + 1,
            coalesce(getvariable('jobs')[1 + one[3]], capitalize(make_word(one[3])) || ' Worker'), make_person(one[2])
        )) as crew_entries
    from drawn
),

rows as (
    select
        kind,
        make_list(if(
            kind = 'escaped',
            cast_entries || [format($${{'character': {}, 'id': {}, 'name': 'X'}}$$, getvariable('escaped_literal'), film + 1)],
            cast_entries
        )) as "cast",
        make_list(crew_entries) as crew,
        film + 1 as id
    from entries
)

select * exclude (kind) from rows
union all
select '[]', '[]', id from rows where kind = 'credits.duplicate_id'
