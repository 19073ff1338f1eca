-- The names that contain each word, by word.
select search_name_id
from marts.mart_search_name_words
order by search_word_id, search_name_id
