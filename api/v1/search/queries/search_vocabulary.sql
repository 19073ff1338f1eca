-- Every word of a name, sorted by code points, with the number of names that contain it.
select
    word,
    name_count
from marts.mart_search_words
order by search_word_id
