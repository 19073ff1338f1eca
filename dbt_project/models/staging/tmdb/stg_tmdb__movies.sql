with

source as (

    select * from {{ source('tmdb', 'movies') }}

),

renamed as (

    select
        {{ record_number('source') }} as row_number,
        id as record_key,
        {{ raw_record('source') }} as raw_record,

        -- ids
        {{ read_integer('id') }} as movie_id,
        {{ known_text('imdb_id') }} as imdb_id,

        -- texts
        coalesce({{ known_text('title') }}, {{ known_text('original_title') }}) as title,
        {{ known_text('original_title') }} as original_title,
        {{ lower_text(trim_spaces(known_text('original_language'))) }} as original_language_code,
        {{ known_overview('overview') }} as overview,
        {{ known_text('tagline') }} as tagline,
        {{ known_text('homepage') }} as homepage_url,
        {{ known_text('poster_path') }} as poster_path,
        {{ known_text('status') }} as status,

        -- flags
        {{ read_flag('adult') }} as is_adult,
        {{ read_flag('video') }} as is_video,

        -- dates
        {{ known_text('release_date') }} as release_date_text,
        {{ read_date('release_date') }} as release_date,

        -- measures
        {{ known_amount(read_decimal('runtime')) }} as runtime_minutes,
        {{ known_amount(nearest_integer(read_decimal('budget'))) }} as budget_usd,
        {{ known_amount(nearest_integer(read_decimal('revenue'))) }} as revenue_usd,
        {{ on_scale(read_decimal('popularity'), 0, 1e9) }} as tmdb_popularity,
        {{ nearest_integer(on_scale(read_decimal('vote_count'), 0, 1e12)) }} as tmdb_vote_count,
        {{ on_scale(read_decimal('vote_average'), 0, 10) }} as tmdb_vote_mean,

        -- lists
        {{ read_python_list('belongs_to_collection', ['id', 'name', 'poster_path', 'backdrop_path']) }} as collections,
        {{ read_python_list('genres', ['id', 'name']) }} as genres,
        {{ read_python_list('production_companies', ['name', 'id']) }} as companies,
        {{ read_python_list('production_countries', ['iso_3166_1', 'name']) }} as countries,
        {{ read_python_list('spoken_languages', ['iso_639_1', 'name']) }} as spoken_languages
    from source

)

select * from renamed
