-- How near a text key is to the key that was asked for: Jaro-Winkler similarity (0 to 1), and more for a key that
-- begins with it, has it as a word or holds it. Below 0.8 two names have little in common.
create or replace temp macro similarity(text_key, asked_key) as (
    jaro_winkler_similarity(text_key, asked_key)
    + case
        when length(asked_key) < 3 then 0
        when starts_with(text_key, asked_key) then 0.5
        when contains(' ' || text_key || ' ', ' ' || asked_key || ' ') then 0.4
        when contains(text_key, asked_key) then 0.2
        else 0
    end
);

-- The words of a search text: runs of letters and digits, folded like a text key.
create or replace temp macro asked_words(asked) as (regexp_extract_all(marts.text_key(asked), '[\p{L}\p{N}]+'));

-- Whether a name has every word of what was asked, in any order, each as a word of its own or the beginning of one.
-- A word is a run of letters and digits; what has none is found nowhere. The first line is there for its speed.
create or replace temp macro has_words(text_key, asked) as (
    list_bool_and(list_transform(asked_words(asked), lambda word: contains(text_key, word)))
    and list_bool_and(list_transform(
        asked_words(asked),
        lambda word: contains(' ' || text_key, ' ' || word)
        or contains(text_key, '-' || word)
        or contains(text_key, '''' || word)
        or contains(text_key, '’' || word)
        or contains(text_key, '"' || word)
        or contains(text_key, '(' || word)
        or contains(text_key, '/' || word)
        or contains(text_key, '.' || word)
        or contains(text_key, '&' || word)
        or contains(text_key, '#' || word)
    ))
);

-- The id that a text is, if it is nothing but its digits; a cast would also read 31.2, 0x1f and 1e3.
create or replace temp macro as_id(text) as (
    case when regexp_full_match(text, '(-|)[0-9]{1,18}') then text::bigint end
);
