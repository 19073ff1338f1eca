with

movies as (

    select * from {{ ref('dim_movies') }}

),

movie_entities as (

    select * from {{ ref('mart_movie_entities') }}

),

{% for kind, entities in [('keyword', 'keywords'), ('company', 'companies'), ('country', 'countries')] -%}
    {{ entities }} as (

        select
            movie_id,
            {%- if kind == 'country' %}
                {{ ordered_list('entity_code', 'list_position') }} as entity_codes,
            {%- endif %}
            {{ ordered_list('entity_name', 'list_position') }} as entity_names
        from movie_entities
        where entity_kind = '{{ kind }}'
        group by movie_id

    ),

{% endfor -%}

actors as (

    select * from {{ ref('int_movie_actors_listed') }}

),

movie_directors as (

    select * from {{ ref('fct_movie_directors') }}

),

people as (

    select * from {{ ref('int_people_merged') }}

),

directors as (

    select
        movie_directors.movie_id,
        {{ ordered_list('people.person_id', 'people.person_id') }} as person_ids,
        {{ ordered_list('people.person_name', 'people.person_id') }} as person_names
    from movie_directors
    inner join people on movie_directors.person_id = people.person_id
    group by movie_directors.movie_id

)

select
    movies.movie_id,
    movies.title,
    movies.overview,
    movies.tagline,
    movies.collection_id,
    movies.collection_name,
    movies.genre_names,
    coalesce(keywords.entity_names, {{ empty_list() }}) as keyword_names,
    coalesce(actors.person_ids, {{ empty_list() }}) as cast_person_ids,
    coalesce(actors.person_names, {{ empty_list() }}) as cast_names,
    coalesce(directors.person_ids, {{ empty_list() }}) as director_person_ids,
    coalesce(directors.person_names, {{ empty_list() }}) as director_names,
    coalesce(companies.entity_names, {{ empty_list() }}) as company_names,
    coalesce(countries.entity_codes, {{ empty_list() }}) as country_codes,
    coalesce(countries.entity_names, {{ empty_list() }}) as country_names,
    movies.original_language_code,
    movies.release_year,
    movies.tmdb_popularity,
    movies.tmdb_vote_count,
    movies.tmdb_vote_mean
from movies
left join keywords on movies.movie_id = keywords.movie_id
left join companies on movies.movie_id = companies.movie_id
left join countries on movies.movie_id = countries.movie_id
left join actors on movies.movie_id = actors.movie_id
left join directors on movies.movie_id = directors.movie_id
order by movies.movie_id
