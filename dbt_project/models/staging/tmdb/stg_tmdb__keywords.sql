with

source as (

    select * from {{ source('tmdb', 'keywords') }}

),

formats as (

    select * from {{ ref('stg_tmdb__keyword_formats') }}

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
        {{ read_integer('numbered.id') }} as movie_id,

        -- lists
        {{ read_list('keywords', ['id', 'name']) }} as keywords
    from numbered
    cross join formats

)

select * from renamed
