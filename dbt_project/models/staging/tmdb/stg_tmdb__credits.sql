with

source as (

    select * from {{ source('tmdb', 'credits') }}

),

renamed as (

    select
        {{ record_number('source') }} as row_number,
        id as record_key,
        {{ raw_record('source') }} as raw_record,

        -- ids
        {{ read_integer('id') }} as movie_id,

        -- lists
        {{ read_python_list('source.cast', [
            'cast_id', 'character', 'credit_id', 'gender', 'id', 'name', 'order', 'profile_path'
        ]) }} as cast_entries,
        {{ read_python_list('crew', [
            'credit_id', 'department', 'gender', 'id', 'job', 'name', 'profile_path'
        ]) }} as crew_entries
    from source

)

select * from renamed
