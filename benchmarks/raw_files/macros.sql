-- Random values by hash, so that the same seed and size give the same files, and the names made from numbers.
-- The variables are set by benchmarks/generate.py.
create temp macro chance(number, subject, place) as
    hash(number, subject, place, getvariable('seed')) / 18446744073709551616;

-- The value at a share of the sorted values that the quantiles divide evenly.
create temp macro value_at(quantiles, share) as
    quantiles[1 + cast(floor(share * (len(quantiles) - 1)) as integer)]
    + share * (len(quantiles) - 1) % 1 * (
        quantiles[least(2 + cast(floor(share * (len(quantiles) - 1)) as integer), len(quantiles))]
        - quantiles[1 + cast(floor(share * (len(quantiles) - 1)) as integer)]
    );

create temp macro is_known(film, subject) as
    chance(film, subject, 'known') < coalesce(getvariable('known ' || subject), 1);

create temp macro draw_number(film, subject) as
    if(is_known(film, subject), value_at(getvariable('number of ' || subject), chance(film, subject, 'number')), 0);

create temp macro draw_length(number, subject, factor) as cast(if(
    is_known(number, subject),
    greatest(round(value_at(getvariable('length of ' || subject), chance(number, subject, 'length')) * factor), 1),
    0
) as integer);

-- A thing from a vocabulary, as its rank by frequency from 0.
create temp macro draw_rank(number, subject, place) as
    cast(floor(exp(value_at(getvariable('rank of ' || subject), chance(number, subject, place))) - 1) as bigint);

-- Different things; a few lists are shorter than `count`, because things are drawn repeatedly.
create temp macro draw_ranks(number, subject, count) as
    list_distinct(list_transform(range(count), lambda entry_number: draw_rank(number, subject, entry_number)));

create temp macro syllable(number) as
    getvariable('syllables')[1 + number * 11 % len(getvariable('syllables'))];

-- A pronounceable word; greater numbers have longer words.
create temp macro make_word(number) as
    syllable((number + 230) % 920)
    || if(number + 230 < 920, '', syllable((number + 230) // 920 % 920))
    || if(number + 230 < 920 * 920, '', syllable((number + 230) // (920 * 920)));

create temp macro capitalize(text) as upper(left(text, 1)) || substr(text, 2);

-- The first 32 words are stop words, then every other one until there are none left.
create temp macro make_text_word(rank) as case
    when rank < 32 then getvariable('stop_words')[1 + rank]
    when rank % 2 = 0 and (rank + 32) // 2 < len(getvariable('stop_words'))
        then getvariable('stop_words')[1 + (rank + 32) // 2]
    else make_word(rank)
end;

create temp macro draw_words(film, subject, count) as list_transform(
    list_transform(range(count), lambda word_number: draw_rank(film, 'words', hash(subject, word_number))),
    lambda rank: make_text_word(rank)
);

create temp macro draw_title(film, subject, count) as
    array_to_string(list_transform(draw_words(film, subject, count), lambda word: capitalize(word)), ' ');

create temp macro make_person(number) as
    capitalize(make_word(number % 4001)) || ' ' || capitalize(make_word(number * 7919 % 1000003));

create temp macro make_code(number) as chr(cast(97 + number // 26 % 26 as integer)) || chr(cast(97 + number % 26 as integer));

create temp macro make_list(entries) as '[' || array_to_string(entries, ', ') || ']';

-- Each film has one defect at most.
create temp table films as
with numbered as (
    select
        range as film,
        row_number() over (order by hash(range, 'defect'), range) as position
    from range(getvariable('films'))
),

kinds as (
    select
        kind,
        sum(film_count) over (order by kind) as last_position,
        last_position - film_count + 1 as first_position
    from (unpivot (select unnest(getvariable('defects'))) on * into name kind value film_count) as counts
)

select
    numbered.film,
    kinds.kind
from numbered
left join kinds on numbered.position between kinds.first_position and kinds.last_position
order by numbered.film;
