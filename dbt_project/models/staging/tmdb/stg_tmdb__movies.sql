with

source as (

    select * from {{ source('tmdb', 'movies') }}

),

formats as (

    select * from {{ ref('stg_tmdb__movie_formats') }}

),

numbered as (

    select
        {{ record_number('source') }} as row_number,
        {{ raw_record('source') }} as raw_record,
        source.*
    from source

),

renamed as (

    select
        numbered.row_number,
        numbered.id as record_key,
        numbered.raw_record,

        -- ids
        {{ read_integer('id') }} as movie_id,
        {{ text_cell('imdb_id') }} as imdb_id,

        -- texts
        coalesce({{ text_cell('title') }}, {{ text_cell('original_title') }}) as title,
        {{ text_cell('original_title') }} as original_title,
        {{ lower_text(trim_spaces(text_cell('original_language'))) }} as original_language_code,
        {{ known_overview(text_cell('overview')) }} as overview,
        {{ text_cell('tagline') }} as tagline,
        {{ text_cell('homepage') }} as homepage_url,
        {{ text_cell('poster_path') }} as poster_path,
        {{ text_cell('status') }} as status,

        -- flags
        {{ read_flag('adult') }} as is_adult,
        {{ read_flag('video') }} as is_video,

        -- dates
        {{ known_cell('release_date') }} as release_date_text,
        {{ read_date('release_date', 'formats.release_date_format.reading') }} as release_date,

        -- measures
        {{ known_amount(read_number('runtime')) }} as runtime_minutes,
        {{ known_amount(nearest_integer(read_number('budget'))) }} as budget_usd,
        {{ known_amount(nearest_integer(read_number('revenue'))) }} as revenue_usd,
        {{ on_scale(read_number('popularity'), 0, 1e9) }} as tmdb_popularity,
        {{ nearest_integer(on_scale(read_number('vote_count'), 0, 1e12)) }} as tmdb_vote_count,
        {{ on_scale(read_number('vote_average'), 0, 10) }} as tmdb_vote_mean,

        -- lists
        {{ read_list(
            'belongs_to_collection', ['id', 'name', 'poster_path', 'backdrop_path'], is_one_name=true
        ) }} as collections,
        {{ read_list('genres', ['id', 'name']) }} as genres,
        {{ read_list('production_companies', ['name', 'id']) }} as companies,
        {{ read_list('production_countries', ['iso_3166_1', 'name']) }} as countries,
        {{ read_list('spoken_languages', ['iso_639_1', 'name']) }} as spoken_languages
    from numbered
    cross join formats

)

select * from renamed
