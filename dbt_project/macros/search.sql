{#
    How names are taken apart for the search, on both sides: what is typed, and what is found. A word is a run of
    letters and digits; a letter of a script that is written without spaces is a word of its own.
#}
{% macro create_search_functions() -%}
    {# What stands between words. Ranges, because a class such as \p{P} takes a millisecond to compile. #}
    {%- set signs -%}
    \x00-\x1f!-/:-@\[-`{-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf×÷،؛؟\x{2000}-\x{206f}\x{20a0}-\x{20cf}\x{2100}-\x{214f}\x{2190}-\x{2bff}\x{2e00}-\x{2e7f}\x{3000}-\x{3004}\x{3008}-\x{3020}\x{30fb}\x{ff00}-\x{ff0f}\x{ff1a}-\x{ff20}\x{ff3b}-\x{ff40}\x{ff5b}-\x{ff65}
    {%- endset -%}
    create schema if not exists marts;

    {# The text key in plain letters, as they are typed without a foreign keyboard; unspaced scripts letter by letter. #}
    create or replace macro marts.search_key(value) as
    regexp_replace(
        replace(replace(replace(replace(replace(replace(replace(
            translate({{ text_key('value') }}, 'øłđðıħ', 'olddih'),
            'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'), '½', ' 1/2'), '²', ' 2'), '³', ' 3'
        ),
        '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]', ' \0 ', 'g'
    );

    {# A key's words in their order; of one without any (`$`), all of it. #}
    create or replace macro marts.search_words(search_key) as
    coalesce(nullif(regexp_extract_all(search_key, '[^ {{ signs }}]+'), []), [trim(search_key)]);

    {#
        The words under which a name is found, each once: its own, and what signs hold together without them
        (`Spider-Man`: man, spider, spiderman).
    #}
    create or replace macro marts.search_word_forms(search_key) as
    list_sort(list_distinct(list_filter(
        marts.search_words(search_key)
        || string_split(regexp_replace(search_key, '[{{ signs }}]+', '', 'g'), ' '),
        lambda word: word != ''
    )));

    {# Which letters a word has, as bits: an edit of one letter changes at most two of them. #}
    create or replace macro marts.search_letter_bits(word) as
    cast(
        list_bit_or(list_transform(string_split(word, ''), lambda letter: 1::bigint << (unicode(letter) % 61))) as ubigint
    )
{%- endmacro %}
