with

movies as (

    select * from {{ ref('dim_movies') }}

),

movie_genres as (

    select * from {{ ref('fct_movie_genres') }}

),

movie_countries as (

    select * from {{ ref('fct_movie_countries') }}

),

genres as (

    select * from {{ ref('dim_genres') }}

),

countries as (

    select * from {{ ref('dim_countries') }}

),

languages as (

    select * from {{ ref('dim_languages') }}

),

grouped as (

    select
        'genre' as grouping,
        cast(genres.genre_id as string) as group_code,
        genres.genre_name as group_name,
        movie_genres.movie_id
    from movie_genres
    inner join genres on movie_genres.genre_id = genres.genre_id

    union all

    select
        'country' as grouping,
        countries.country_code as group_code,
        countries.country_name as group_name,
        movie_countries.movie_id
    from movie_countries
    inner join countries on movie_countries.country_code = countries.country_code

    union all

    select
        'original_language' as grouping,
        languages.language_code as group_code,
        languages.language_name as group_name,
        movies.movie_id
    from movies
    inner join languages on movies.original_language_code = languages.language_code

)

select
    grouped.grouping,
    grouped.group_code,
    movies.release_year,
    grouped.group_name,
    count(*) as movie_count
from grouped
inner join movies on grouped.movie_id = movies.movie_id
group by grouped.grouping, grouped.group_code, movies.release_year, grouped.group_name
order by grouped.grouping, grouped.group_code, movies.release_year
