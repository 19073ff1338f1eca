-- The films, people and collections that have a name with every word of $q: as a word of it or the beginning of one,
-- or, $with_typos, a few edits away, or run together. Best first.
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

-- Misfit: 0 a whole word, 1 the beginning of one, 10 for each edit.
begun_words as (

    select
        typed.typed_rank,
        words.search_word_id,
        if(words.word = typed.word, 0, 1) as misfit
    from typed
    -- The first letter's number first: it is sooner compared than a text.
    inner join marts.mart_search_words as words on unicode(typed.word) = words.initial_code
    where starts_with(words.word, typed.word)

),

-- Of 4 letters one may be wrong, of 8 two; a number is meant as it stands.
mistyped_words as (

    select
        typed.typed_rank,
        words.search_word_id,
        10 * damerau_levenshtein(words.word, typed.word) as misfit
    from (
        select
            *,
            if(letter_count < 8, 1, 2) as most_edits,
            marts.search_letter_bits(word) as letter_bits
        from typed
        where $with_typos and letter_count >= 4 and try_cast(word as hugeint) is null
    ) as typed
    inner join marts.mart_search_words as words
        on
            words.letter_count between typed.letter_count - typed.most_edits and typed.letter_count + typed.most_edits
            and bit_count(xor(words.letter_bits, typed.letter_bits)) <= 2 * typed.most_edits
    where
        -- Implied by the distance, and ten times as fast.
        jaro_winkler_similarity(words.word, typed.word) >= 0.75
        and damerau_levenshtein(words.word, typed.word) <= typed.most_edits
        and not starts_with(words.word, typed.word)

),

found_words as materialized (

    select
        name_words.search_name_id,
        matching.typed_rank,
        any_value(name_words.distinct_word_count) as distinct_word_count,
        min(matching.misfit) as misfit,
        arg_min(matching.search_word_id, matching.misfit) as search_word_id
    from (from begun_words union all from mistyped_words) as matching
    inner join marts.mart_search_name_words as name_words on matching.search_word_id = name_words.search_word_id
    where list_contains($kinds, name_words.kind)
    group by name_words.search_name_id, matching.typed_rank

),

-- A name's number is its rank by popularity.
candidates as (

    select
        search_name_id,
        sum(misfit) as misfit
    from found_words
    group by search_name_id
    having count(*) = (select any_value(word_count) from typed)
    order by
        sum(misfit) = 0 and any_value(distinct_word_count) = count(*) desc,
        sum(misfit),
        search_name_id
    limit 1000

),

run_together as (

    select
        names.search_name_id,
        null as misfit
    from marts.mart_search_names as names
    where
        $with_typos
        and contains(names.compact_key, (select any_value(compact_key) from typed where letter_count > 1))
        and list_contains($kinds, names.kind)

),

fitted as (

    select
        names.*,
        candidates.misfit,
        case
            when candidates.misfit is null then 'run_together'
            when candidates.misfit >= 10 then 'typos'
            when names.compact_key in (typed.compact_key, 'the' || typed.compact_key) then 'exact'
            when starts_with(names.compact_key, typed.compact_key) then 'beginning'
            when contains(names.compact_key, typed.compact_key) then 'phrase'
            else 'words'
        end as how
    from (from candidates union all from run_together) as candidates
    inner join marts.mart_search_names as names on candidates.search_name_id = names.search_name_id
    cross join (select any_value(compact_key) as compact_key from typed) as typed

),

ranked as (

    select
        *,
        0.2 * popularity_share
        + case how
            when 'exact' then 0.8
            when 'beginning' then 0.55
            when 'phrase' then 0.5
            when 'words' then 0.45
            when 'run_together' then 0.2
            else greatest(0.2 - misfit / 200, 0)
        end as score
    from fitted
    qualify
        row_number() over (
            partition by kind, coalesce(movie_id, person_id, collection_id) order by score desc, search_name_id
        ) = 1
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
                'how': case when found_words.misfit = 0 then 'word' when found_words.misfit = 1 then 'beginning' else 'typo' end
            }
            order by found_words.typed_rank
        ) as words
    from found_words
    inner join typed on found_words.typed_rank = typed.typed_rank
    inner join marts.mart_search_words as words on found_words.search_word_id = words.search_word_id
    where found_words.search_name_id in (select search_name_id from ranked)
    group by found_words.search_name_id

)

select
    ranked.kind,
    ranked.movie_id,
    ranked.person_id,
    ranked.collection_id,
    ranked.entity_name as name,
    ranked.release_year,
    ranked.movie_count,
    coalesce(ranked.known_for_titles, []) as known_for_titles,
    ranked.score,
    {
        'field': ranked.matched_field,
        'name': ranked.name,
        'how': ranked.how,
        'words': coalesce(if(ranked.how = 'run_together', [], matched_words.words), [])
    } as matched
from ranked
left join matched_words on ranked.search_name_id = matched_words.search_name_id
order by ranked.score desc, ranked.search_name_id
