-- The eighty words in the most texts.
select
    text_source,
    word_rank,
    word,
    movie_count,
    occurrence_count
from marts.mart_eda_word_counts
where text_source = $text_source and word_rank <= 80
order by word_rank
