with

source as (

    select * from {{ source('tmdb', 'keywords') }}

),

renamed as (

    select
        row_number() over () as row_number,
        id as record_key,
        source as raw_record,

        -- ids
        {{ read_integer('id') }} as movie_id,

        -- lists
        {{ read_python_list('keywords', ['id', 'name']) }} as keywords
    from source

)

select * from renamed
