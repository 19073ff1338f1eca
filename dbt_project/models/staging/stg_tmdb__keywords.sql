with

source as (

    select * from {{ ref('base_tmdb__keywords') }}

),

renamed as (

    select
        row_number,
        id as record_key,

        -- ids
        {{ read_integer('id') }} as movie_id,

        -- lists
        {{ read_python_list('keywords', ['id', 'name']) }} as keywords
    from source

)

select * from renamed
