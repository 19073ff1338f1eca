with

source as (

    select * from {{ source('movielens', 'ratings') }}

),

renamed as (

    select
        {{ record_number('source') }} as row_number,
        userid || ':' || movieid as record_key,
        {{ raw_record('source') }} as raw_record,

        -- ids
        {{ read_integer('userid') }} as user_id,
        {{ read_integer('movieid') }} as movielens_movie_id,

        -- measures
        {{ read_decimal("replace(rating, ',', '.')") }} as movielens_rating,

        -- dates
        {{ read_epoch_seconds('timestamp') }} as rated_at
    from source

)

select * from renamed
