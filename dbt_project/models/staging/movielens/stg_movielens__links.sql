with

source as (

    select * from {{ source('movielens', 'links') }}

),

renamed as (

    select
        {{ record_number('source') }} as row_number,
        movieid as record_key,
        {{ raw_record('source') }} as raw_record,

        -- ids
        {{ read_integer('movieid') }} as movielens_movie_id,
        {{ known_text('tmdbid') }} as movie_id_text,
        {{ read_integer('tmdbid') }} as movie_id,
        'tt' || {{ trim_spaces(known_text('imdbid')) }} as imdb_id
    from source

)

select * from renamed
