-- The words that are a few letters off from one of $words: of 3 letters one may be wrong, of 8 two. A number is meant
-- as it stands.
with typed as materialized (

    select
        word,
        length(word) as letter_count,
        if(length(word) < 8, 1, 2) as most_edits,
        marts.search_letter_bits(word) as letter_bits
    from (select unnest($words) as word) as words
    where length(word) >= 3 and try_cast(word as hugeint) is null

)

select
    typed.word as typed,
    words.search_word_id,
    damerau_levenshtein(words.word, typed.word) as edit_count
from typed
inner join marts.mart_search_words as words
    on words.letter_count between typed.letter_count - typed.most_edits and typed.letter_count + typed.most_edits
-- What is near has the same letters and is alike to Jaro and Winkler; to count edits takes ten times as long.
where
    case
        when
            bit_count(xor(words.letter_bits, typed.letter_bits)) <= 2 * typed.most_edits
            and jaro_winkler_similarity(words.word, typed.word) >= 0.75
            then damerau_levenshtein(words.word, typed.word)
    end between 1 and typed.most_edits
order by typed.word, edit_count, words.search_word_id
