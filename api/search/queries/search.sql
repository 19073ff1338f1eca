-- The films, people and collections that have a name with every word of $q: as a word of it or the beginning of one;
-- $with_typos also a few letters off, or run together. Best first.
with

typed as materialized (

    select
        word,
        typed_rank,
        letter_count,
        word_count,
        compact_key
    from typed_words($q)

),

-- Of 3 letters one may be wrong, of 8 two; a number is meant as it stands.
mistypeable as (

    select
        typed_rank,
        word_count,
        word,
        if(letter_count < 8, 1, 2) as most_edits,
        letter_count,
        marts.search_letter_bits(word) as letter_bits
    from typed
    where $with_typos and letter_count >= 3 and try_cast(word as hugeint) is null

),

-- Misfit: 0 for a whole word, 1 for the beginning of one, 10 for each edit.
matching_words as (

    select
        typed.typed_rank,
        typed.word_count,
        words.search_word_id,
        if(words.word = typed.word, 0, 1) as misfit
    from typed
    -- The first letter's number first: it is sooner compared than a text.
    inner join marts.mart_search_words as words on unicode(typed.word) = words.initial_code
    where starts_with(words.word, typed.word)

    union all

    select
        mistypeable.typed_rank,
        mistypeable.word_count,
        words.search_word_id,
        10 * damerau_levenshtein(words.word, mistypeable.word) as misfit
    from mistypeable
    inner join marts.mart_search_words as words
        on
            words.letter_count between mistypeable.letter_count - mistypeable.most_edits
            and mistypeable.letter_count + mistypeable.most_edits
    where
        case
            when bit_count(xor(words.letter_bits, mistypeable.letter_bits)) <= 2 * mistypeable.most_edits
                then edits_between(words.word, mistypeable.word)
        end between 1 and mistypeable.most_edits

),

found_words as materialized (

    select
        name_words.search_name_id,
        matching_words.typed_rank,
        any_value(name_words.distinct_word_count) as distinct_word_count,
        any_value(matching_words.word_count) as word_count,
        min(matching_words.misfit) as misfit,
        arg_min(matching_words.search_word_id, matching_words.misfit) as search_word_id
    from matching_words
    inner join marts.mart_search_name_words as name_words on matching_words.search_word_id = name_words.search_word_id
    where list_contains($kinds, name_words.kind)
    group by name_words.search_name_id, matching_words.typed_rank

),

-- The names with all words, most likely to fit best: a name's number is its rank by popularity. The same letters with
-- other spaces are the same name, too; and what is forgiven may have other letters around it.
candidates as (

    (
        select
            search_name_id,
            sum(misfit) as total_misfit,
            any_value(distinct_word_count) = count(*) as is_whole
        from found_words
        group by search_name_id
        having count(*) = any_value(word_count)
        order by total_misfit, search_name_id
        limit 500
    )

    union all

    select
        names.search_name_id,
        null as total_misfit,
        true as is_whole
    from typed
    inner join marts.mart_search_names as names on typed.compact_key = names.compact_key
    where typed.typed_rank = 1 and list_contains($kinds, names.kind)

    union all

    (
        select
            names.search_name_id,
            null as total_misfit,
            false as is_whole
        from typed
        inner join marts.mart_search_names as names on contains(names.compact_key, typed.compact_key)
        where $with_typos and typed.typed_rank = 1 and list_contains($kinds, names.kind)
        order by names.search_name_id
        limit 500
    )

),

fitted as (

    select
        names.rowid as name_row,
        names.search_name_id,
        names.kind,
        coalesce(names.movie_id, names.person_id, names.collection_id) as entity_id,
        names.popularity_share,
        candidates.total_misfit,
        candidates.is_whole,
        case
            when names.compact_key in (typed.compact_key, 'the' || typed.compact_key) then 'exact'
            when candidates.total_misfit is null then 'run_together'
            when candidates.total_misfit >= 10 then 'typos'
            when starts_with(names.compact_key, typed.compact_key) then 'beginning'
            when contains(names.compact_key, typed.compact_key) then 'phrase'
            else 'words'
        end as how
    from candidates
    inner join marts.mart_search_names as names on candidates.search_name_id = names.search_name_id
    inner join typed on typed.typed_rank = 1

),

-- Of a film found by both its titles, the better.
ranked as (

    select
        name_row,
        search_name_id,
        how,
        0.2 * popularity_share
        + case how
            when 'exact' then 0.8
            when 'beginning' then 0.55
            when 'phrase' then 0.5
            when 'words' then 0.45 - least(total_misfit, 5) / 100
            when 'run_together' then 0.2
            else greatest(if(is_whole, 0.25, 0.15) - total_misfit / 200, 0)
        end as score
    from fitted
    qualify row_number() over (partition by kind, entity_id order by score desc, search_name_id) = 1
    order by score desc, search_name_id
    limit $limit

),

matched_words as (

    select
        found_words.search_name_id,
        list(
            {
                'typed': typed.word,
                'found': words.word,
                'how': case found_words.misfit when 0 then 'word' when 1 then 'beginning' else 'typo' end
            }
            order by found_words.typed_rank
        ) as words
    from ranked
    inner join found_words on ranked.search_name_id = found_words.search_name_id
    inner join typed on found_words.typed_rank = typed.typed_rank
    inner join marts.mart_search_words as words on found_words.search_word_id = words.search_word_id
    where ranked.how != 'run_together'
    group by found_words.search_name_id

)

select
    names.kind,
    names.movie_id,
    names.person_id,
    names.collection_id,
    names.entity_name as name,
    names.release_year,
    names.movie_count,
    coalesce(names.known_for_titles, []) as known_for_titles,
    ranked.score,
    {
        'field': names.matched_field,
        'name': names.name,
        'how': ranked.how,
        'words': coalesce(matched_words.words, [])
    } as matched
from ranked
-- By place in the table: of the wide columns, no more is read than what is shown.
inner join marts.mart_search_names as names on ranked.name_row = names.rowid
left join matched_words on ranked.search_name_id = matched_words.search_name_id
order by ranked.score desc, ranked.search_name_id
