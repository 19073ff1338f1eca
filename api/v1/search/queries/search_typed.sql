-- The different words of $q in its order, each with all of it run together.
select
    word,
    compact_key
from typed_words($q)
order by typed_rank
