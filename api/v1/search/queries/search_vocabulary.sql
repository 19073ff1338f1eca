-- Every word that names have, in the order of code points, with how many names have it.
select
    word,
    name_count
from marts.mart_search_words
order by search_word_id
