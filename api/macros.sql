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
