with

names as (

    select * from {{ ref('mart_search_names') }}

),

words as (

    select
        word,
        count(*) as name_count
    from (select {{ unnest_list('word_forms') }} as word from names) as occurrences
    group by word

)

select
    cast(row_number() over (order by word) as integer) as search_word_id,
    word,
    cast(ascii(word) as integer) as initial_code,
    cast(length(word) as integer) as letter_count,
    marts.search_letter_bits(word) as letter_bits,
    name_count
from words
order by search_word_id
