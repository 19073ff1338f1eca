-- The distinct words of q in order, each with their number and with all words joined without spaces.
create or replace temp macro typed_words(q) as table (

    select
        word,
        min(position) as typed_rank,
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

-- The names of a kind that contain all words of q as words or beginnings of words.
create or replace temp macro names_matching(q, entity_kind) as table (

    select name_words.search_name_id
    from typed_words(q) as typed
    -- Comparing the code of the first letter first is faster than comparing texts.
    inner join marts.mart_search_words as words on unicode(typed.word) = words.initial_code
    inner join marts.mart_search_name_words as name_words on words.search_word_id = name_words.search_word_id
    where starts_with(words.word, typed.word) and name_words.kind = entity_kind
    group by name_words.search_name_id
    having count(distinct typed.typed_rank) = any_value(typed.word_count)

);

-- The films whose title or original title contains all words of q.
create or replace temp macro movies_matching(q) as table (

    select distinct names.movie_id
    from names_matching(q, 'movie') as matches
    inner join marts.mart_search_names as names on matches.search_name_id = names.search_name_id

);

-- The people whose name contains all words of q.
create or replace temp macro people_matching(q) as table (

    select names.person_id
    from names_matching(q, 'person') as matches
    inner join marts.mart_search_names as names on matches.search_name_id = names.search_name_id

);
