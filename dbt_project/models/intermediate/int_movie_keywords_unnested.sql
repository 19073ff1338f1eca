{{ unnest_movie_list(
    movies = ref('int_keywords_kept'),
    list_column = 'keywords',
    entity_key = 'keyword_id',
    entity_name = 'keyword_name',
    id = identity('entry.id', 'entry.name'),
    name = known_text('entry.name')
) }}
