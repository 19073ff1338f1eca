with

source as (

    select * from {{ source('tmdb', 'keywords') }}

),

renamed as (

    select
        {{ record_number('source') }} as row_number,
        id as record_key,
        {{ raw_record('source') }} as raw_record,

        -- ids
        {{ read_integer('id') }} as movie_id,

        -- lists
        {{ read_python_list('keywords', ['id', 'name']) }} as keywords
    from source

)

select * from renamed
