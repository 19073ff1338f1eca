{#
    Functions that split names into words, for the search terms as well as for the searchable names. A word is a run of
    letters and digits. In scripts without spaces, every letter is a word.
#}
{% macro create_search_functions() -%}
    {# The characters between words. As ranges, because a class such as \p{P} takes a millisecond to compile. #}
    {%- set signs -%}
    \x00-\x1f!-/:-@\[-`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf×÷،؛؟\x{2000}-\x{206f}\x{20a0}-\x{20cf}\x{2100}-\x{214f}\x{2190}-\x{2bff}\x{2e00}-\x{2e7f}\x{3000}-\x{3004}\x{3008}-\x{3020}\x{30fb}\x{ff00}-\x{ff0f}\x{ff1a}-\x{ff20}\x{ff3b}-\x{ff40}\x{ff5b}-\x{ff65}
    {%- endset -%}
    create schema if not exists marts;

    {# The text key in letters of a plain keyboard, with spaces around the letters of scripts without spaces. #}
    create or replace macro marts.search_key(value) as
    regexp_replace(
        replace(replace(replace(replace(replace(replace(replace(
            translate({{ text_key('value') }}, 'øłđðıħ', 'olddih'),
            'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'), '½', ' 1/2'), '²', ' 2'), '³', ' 3'
        ),
        '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]', ' \0 ', 'g'
    );

    {# The words of a key in order; the whole key if it has none (`$`). #}
    create or replace macro marts.search_words(search_key) as
    coalesce(nullif(regexp_extract_all(search_key, '[^ {{ signs }}]+'), []), [trim(search_key)]);

    {#
        The distinct words by which a name is found: its own, and those that are joined by signs, without the signs
        (`Spider-Man`: man, spider, spiderman).
    #}
    create or replace macro marts.search_word_forms(search_key) as
    list_sort(list_distinct(list_filter(
        marts.search_words(search_key)
        || string_split(regexp_replace(search_key, '[{{ signs }}]+', '', 'g'), ' '),
        lambda word: word != ''
    )));

    {# One bit per letter of a word. An edit of one letter changes at most two bits. #}
    create or replace macro marts.search_letter_bits(word) as
    cast(
        list_bit_or(list_transform(string_split(word, ''), lambda letter: 1::bigint << (unicode(letter) % 61))) as ubigint
    )
{%- endmacro %}
