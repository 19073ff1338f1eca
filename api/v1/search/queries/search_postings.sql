-- The names that have a word, word after word.
select search_name_id
from marts.mart_search_name_words
order by search_word_id, search_name_id
