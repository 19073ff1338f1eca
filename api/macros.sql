-- The words of a search text: runs of letters and digits, folded like a text key.
create or replace temp macro search_words(search_text) as (
    regexp_extract_all(marts.text_key(search_text), '[\p{L}\p{N}]+')
);

-- Whether a name has every word of a search text, in any order, as a word or the beginning of one. A word is a run of
-- letters and digits; a text without words matches nothing. The first condition only makes it faster.
create or replace temp macro has_words(text_key, search_text) as (
    list_bool_and(list_transform(search_words(search_text), lambda word: contains(text_key, word)))
    and list_bool_and(list_transform(
        search_words(search_text),
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

-- The id that a text stands for, if it consists of digits only; a cast would also accept 31.2, 0x1f and 1e3.
create or replace temp macro as_id(text) as (
    case when regexp_full_match(text, '(-|)[0-9]{1,18}') then text::bigint end
);
