{{ unnest_movie_list(
    movies = ref('int_movies_kept'),
    list_column = 'companies',
    entity_key = 'company_id',
    entity_name = 'company_name',
    id = identity('entry.id', 'entry.name'),
    name = known_text('entry.name')
) }}
