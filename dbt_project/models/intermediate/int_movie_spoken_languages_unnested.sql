{{ unnest_movie_list(
    movies = ref('int_movies_kept'),
    list_column = 'spoken_languages',
    entity_key = 'language_code',
    entity_name = 'language_name',
    id = 'lower(' ~ known_text('entry.iso_639_1') ~ ')',
    name = known_text('entry.name')
) }}
