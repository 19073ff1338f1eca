{#- The facts that a film may lack: columns of dim_movies, and the bridges that list them. -#}
{%- set columns = [
    'title', 'original_title', 'overview', 'tagline', 'homepage_url', 'poster_path', 'imdb_id', 'status',
    'original_language_code', 'runtime_minutes', 'budget_usd', 'revenue_usd', 'return_ratio', 'tmdb_popularity',
    'tmdb_vote_mean', 'collection_id'
] -%}
{%- set lists = {
    'genres': 'fct_movie_genres',
    'companies': 'fct_movie_companies',
    'countries': 'fct_movie_countries',
    'spoken_languages': 'fct_movie_spoken_languages',
    'keywords': 'fct_movie_keywords',
    'actors': 'fct_movie_actors',
    'directors': 'fct_movie_directors',
    'movielens_ratings': 'fct_ratings_by_movie',
} -%}

with

movies as (

    select * from {{ ref('dim_movies') }}

),

{% for fact, bridge in lists.items() -%}
    {{ fact }} as (

        select distinct movie_id from {{ ref(bridge) }}

    ),

{% endfor -%}

counted as (

    select
        movies.release_decade,
        {% for column in columns -%}
            count(movies.{{ column }}) as {{ column }},
        {% endfor -%}
        {% for fact in lists -%}
            count({{ fact }}.movie_id) as {{ fact }},
        {% endfor -%}
        count(*) filter (where not movies.is_placeholder_date) as release_day,
        count(*) as movie_count
    from movies
    {% for fact in lists -%}
        left join {{ fact }} on movies.movie_id = {{ fact }}.movie_id
    {% endfor -%}
    group by movies.release_decade

)

select
    fact,
    release_decade,
    movie_count,
    known_movie_count,
    known_movie_count / movie_count as known_movie_share
from counted
unpivot (known_movie_count for fact in (release_day, {{ (columns + lists.keys() | list) | join(', ') }}))
order by fact, release_decade
