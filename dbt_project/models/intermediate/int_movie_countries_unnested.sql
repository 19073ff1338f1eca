{{ unnest_movie_list(
    movies = ref('int_movies_kept'),
    list_column = 'countries',
    entity_key = 'country_code',
    entity_name = 'country_name',
    id = 'upper(' ~ known_text('entry.iso_3166_1') ~ ')',
    name = known_text('entry.name')
) }}
