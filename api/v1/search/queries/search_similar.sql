-- The words within a small edit distance of $words: 1 from 3 letters, 2 from 8 letters. Numbers have no similar words.
with typed as materialized (

    select
        word,
        length(word) as letter_count,
        if(length(word) < 8, 1, 2) as max_edits,
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
    on words.letter_count between typed.letter_count - typed.max_edits and typed.letter_count + typed.max_edits
-- Similar words share most letters and have a high Jaro-Winkler similarity, which is ten times faster to compute.
where
    case
        when
            bit_count(xor(words.letter_bits, typed.letter_bits)) <= 2 * typed.max_edits
            and jaro_winkler_similarity(words.word, typed.word) >= 0.75
            then damerau_levenshtein(words.word, typed.word)
    end between 1 and typed.max_edits
order by typed.word, edit_count, words.search_word_id
