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
        distinct_word_count,
        unnest(word_forms) as word
    from names

)

select
    words.search_word_id,
    occurrences.search_name_id,
    occurrences.kind,
    occurrences.distinct_word_count
from occurrences
inner join words on occurrences.word = words.word
order by words.search_word_id, occurrences.search_name_id
