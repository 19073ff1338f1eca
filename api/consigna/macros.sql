-- The films with a title or, if por_titulo_original, an original title.
create or replace temp macro peliculas_tituladas(titulo, por_titulo_original) as table (

    select * from marts.dim_movies
    where case when por_titulo_original then original_title_key else title_key end = marts.text_key(titulo)

);

-- The film with a title: the one with the given year or id, then most votes, then the lowest id. The others with the
-- title are in otras_coincidencias, in the same order.
create or replace temp macro pelicula_elegida(titulo, por_titulo_original, anio, id) as table (

    select
        *,
        coalesce(
            list({ 'id': movie_id, 'titulo': title, 'anio': release_year }) over (
                order by tmdb_vote_count desc nulls last, movie_id
                rows between unbounded preceding and unbounded following exclude current row
            ),
            []
        ) as otras_coincidencias
    from peliculas_tituladas(titulo, por_titulo_original)
    qualify (anio is null or release_year = anio) and (id is null or movie_id = id)
    order by tmdb_vote_count desc nulls last, movie_id
    limit 1

);

-- The people with a name, with the number of films that they acted in or, if dirige, directed.
create or replace temp macro personas_llamadas(nombre, dirige) as table (

    select
        person_id,
        person_name,
        case when dirige then directed_movie_count else cast_movie_count end as movie_count
    from marts.dim_people
    where person_name_key = marts.text_key(nombre)

);

-- The person with a name who acts or, if dirige, directs: the one with the given id, then most films, then people with
-- a TMDB id, then the lowest id. The others with the name are in homonimos.
create or replace temp macro persona_elegida(nombre, dirige, id) as table (

    select
        person_id,
        person_name,
        coalesce(
            list({ 'id': person_id, 'nombre': person_name, 'cantidad_peliculas': movie_count })
            filter (where movie_count > 0)
                over (
                    order by movie_count desc, person_id < 0, person_id
                    rows between unbounded preceding and unbounded following exclude current row
                ),
            []
        ) as homonimos
    from personas_llamadas(nombre, dirige)
    -- Not in `where`, beside the key: DuckDB would then scan all people instead of looking the key up in its index.
    qualify movie_count > 0 and (id is null or person_id = id)
    order by movie_count desc, person_id < 0, person_id
    limit 1

);
