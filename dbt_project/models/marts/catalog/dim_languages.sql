with

movies as (

    select * from {{ ref('dim_movies') }}

),

spoken_entries as (

    select * from {{ ref('int_movie_spoken_languages_unnested') }}

),

names as (

    {{ most_common_name('spoken_entries', 'language_code', 'language_name') }}

),

original_languages as (

    select
        original_language_code as language_code,
        count(*) as movie_count,
        count(revenue_usd) as known_revenue_movie_count,
        cast(sum(revenue_usd) as bigint) as total_revenue_usd
    from movies
    where original_language_code is not null
    group by original_language_code

),

spoken_languages as (

    select
        language_code,
        count(*) as spoken_movie_count
    from spoken_entries
    group by language_code

)

select
    coalesce(original_languages.language_code, spoken_languages.language_code) as language_code,
    names.language_name,
    {{ text_key('names.language_name') }} as language_name_key,
    coalesce(original_languages.movie_count, 0) as movie_count,
    coalesce(spoken_languages.spoken_movie_count, 0) as spoken_movie_count,
    coalesce(original_languages.known_revenue_movie_count, 0) as known_revenue_movie_count,
    original_languages.total_revenue_usd
from original_languages
full outer join spoken_languages on original_languages.language_code = spoken_languages.language_code
left join names on coalesce(original_languages.language_code, spoken_languages.language_code) = names.language_code
order by coalesce(original_languages.language_code, spoken_languages.language_code)
