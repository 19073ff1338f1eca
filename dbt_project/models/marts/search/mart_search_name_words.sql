with

names as (

    select * from {{ ref('mart_search_names') }}

),

words as (

    select * from {{ ref('mart_search_words') }}

),

occurrences as (

    select
        search_name_id,
        kind,
        {{ unnest_list('word_forms') }} as word
    from names

)

select
    words.search_word_id,
    occurrences.search_name_id,
    occurrences.kind
from occurrences
inner join words on occurrences.word = words.word
order by words.search_word_id, occurrences.search_name_id
