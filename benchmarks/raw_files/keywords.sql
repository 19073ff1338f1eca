select
    films.film + 1 as id,
    make_list(list_transform(
        draw_ranks(films.film, 'keywords', draw_length(films.film, 'keywords', 1)),
        lambda number: format(
            $${{'id': {}, 'name': '{}'}}$$,
            number + 1,
            make_word(number) || if(number % 3 = 0, ' ' || make_word(number // 3), '')
        )
    )) as keywords
from films
cross join range(2) as copies
where copies.range = 0 or films.kind = 'keywords.duplicate_id'
