-- The distinct words of $q in order, each with all words joined without spaces.
select
    word,
    compact_key
from typed_words($q)
order by typed_rank
