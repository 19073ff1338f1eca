{{ unnest_movie_list(
    movies = ref('int_movies_kept'),
    list_column = 'collections',
    entity_key = 'collection_id',
    entity_name = 'collection_name',
    id = identity('entry.id', 'entry.name'),
    name = known_text('entry.name')
) }}
