with

source as (

    select * from {{ source('tmdb', 'credits') }}

),

formats as (

    select * from {{ ref('stg_tmdb__credit_formats') }}

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
        {{ read_list('cast', [
            'cast_id', 'character', 'credit_id', 'gender', 'id', 'name', 'order', 'profile_path'
        ]) }} as cast_entries,
        {{ read_list('crew', [
            'credit_id', 'department', 'gender', 'id', 'job', 'name', 'profile_path'
        ]) }} as crew_entries
    from numbered
    cross join formats

)

select * from renamed
