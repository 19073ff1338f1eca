with

movies as (

    select * from {{ ref('dim_movies') }}

),

keywords as (

    {{ entities_by_movie(ref('fct_movie_keywords'), ref('dim_keywords'), 'keyword_id', 'keyword_name') }}

),

companies as (

    {{ entities_by_movie(ref('fct_movie_companies'), ref('dim_companies'), 'company_id', 'company_name') }}

),

actors as (

    select * from {{ ref('int_movie_actors_listed') }}

),

credited_directors as (

    select
        *,
        person_id as list_position
    from {{ ref('fct_movie_directors') }}

),

directors as (

    {{ entities_by_movie('credited_directors', ref('int_people_merged'), 'person_id', 'person_name') }}

)

select
    movies.movie_id,
    movies.title,
    movies.overview,
    movies.tagline,
    movies.collection_id,
    movies.collection_name,
    movies.genre_names,
    coalesce(list_transform(keywords.entities, lambda each: struct_extract(each, 'name')), []) as keyword_names,
    coalesce(list_transform(actors.entities, lambda each: struct_extract(each, 'id')), []) as cast_person_ids,
    coalesce(list_transform(actors.entities, lambda each: struct_extract(each, 'name')), []) as cast_names,
    coalesce(list_transform(directors.entities, lambda each: struct_extract(each, 'id')), []) as director_person_ids,
    coalesce(list_transform(directors.entities, lambda each: struct_extract(each, 'name')), []) as director_names,
    coalesce(list_transform(companies.entities, lambda each: struct_extract(each, 'name')), []) as company_names,
    movies.original_language_code,
    movies.release_year,
    movies.tmdb_popularity,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean
from movies
left join keywords on movies.movie_id = keywords.movie_id
left join companies on movies.movie_id = companies.movie_id
left join actors on movies.movie_id = actors.movie_id
left join directors on movies.movie_id = directors.movie_id
order by movies.movie_id
