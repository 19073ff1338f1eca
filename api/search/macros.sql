-- The different words of what is typed, in its order; with each, how many they are, and all of it run together.
create or replace temp macro typed_words(q) as table (

    select
        word,
        min(position) as typed_rank,
        length(word) as letter_count,
        count(*) over () as word_count,
        array_to_string(words, '') as compact_key
    from (
        select
            words,
            unnest(words) as word,
            generate_subscripts(words, 1) as position
        from (
            select marts.search_words(search_key) as words
            from (select marts.search_key(q) as search_key) as keys
        ) as typed
    ) as positions
    where word != ''
    group by word, words

);

-- The films of which a title or original title has all words of q, each as a word of its or the beginning of one.
create or replace temp macro movies_matching(q) as table (

    select distinct names.movie_id
    from (
        select name_words.search_name_id
        from typed_words(q) as typed
        inner join marts.mart_search_words as words on unicode(typed.word) = words.initial_code
        inner join marts.mart_search_name_words as name_words on words.search_word_id = name_words.search_word_id
        where starts_with(words.word, typed.word) and name_words.kind = 'movie'
        group by name_words.search_name_id
        having count(distinct typed.typed_rank) = any_value(typed.word_count)
    ) as matches
    inner join marts.mart_search_names as names on matches.search_name_id = names.search_name_id

);

-- How many edits lie between two words that are alike; null for others. What is alike by letters and Jaro-Winkler
-- follows from the edits, and is ten times as fast.
create or replace temp macro edits_between(word, other) as (
    case when jaro_winkler_similarity(word, other) >= 0.75 then damerau_levenshtein(word, other) end
);
