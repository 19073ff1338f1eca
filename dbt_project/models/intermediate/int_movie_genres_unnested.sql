{{ unnest_movie_list(
    movies = ref('int_movies_kept'),
    list_column = 'genres',
    entity_key = 'genre_id',
    entity_name = 'genre_name',
    id = identity('entry.id', 'entry.name'),
    name = known_text('entry.name')
) }}
