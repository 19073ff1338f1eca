-- The films that match every filter.
--
-- Entities and people are given in groups; a film must have one of every group. The values of a parameter are a group;
-- each value of an `_all` parameter is one, because a name can stand for several ids. One group needs no grouping.
with

credited as (

    select movie_id, person_id from marts.fct_cast_credits
    union all
    select movie_id, person_id from marts.fct_crew_credits

)

select * from marts.dim_movies
where
    true
    and ($title_matches is null or movie_id in (select unnest($title_matches)))
    and ($movie_id is null or movie_id in $movie_id)
    and ($imdb_id is null or imdb_id in $imdb_id)
    and ($entity_keys is null or movie_id in (
        select movie_id from marts.mart_movie_entities where entity_key in (select unnest($entity_keys))
    ))
    and ($entity_groups is null or movie_id in (
        select movie_id
        from marts.mart_movie_entities
        inner join (select unnest($grouped_entity_keys) as id, unnest($entity_groups) as group_number) as requested
            on entity_key = requested.id
        group by movie_id
        having count(distinct requested.group_number) = list_max($entity_groups::integer[])
    ))
    and ($excluded_entity_keys is null or movie_id not in (
        select movie_id from marts.mart_movie_entities where entity_key in $excluded_entity_keys
    ))
    and ($actor_keys is null or movie_id in (
        select movie_id
        from marts.fct_movie_actors
        inner join (select unnest($actor_keys) as id, unnest($actor_groups) as group_number) as requested
            on person_id = requested.id
        group by movie_id
        having count(distinct requested.group_number) = list_max($actor_groups::integer[])
    ))
    and ($excluded_actor_keys is null or movie_id not in (
        select movie_id from marts.fct_movie_actors where person_id in $excluded_actor_keys
    ))
    and ($crew_keys is null or movie_id in (
        select movie_id
        from marts.fct_crew_credits
        inner join (select unnest($crew_keys) as id, unnest($crew_groups) as group_number) as requested
            on person_id = requested.id
        group by movie_id
        having count(distinct requested.group_number) = list_max($crew_groups::integer[])
    ))
    and ($excluded_crew_keys is null or movie_id not in (
        select movie_id from marts.fct_crew_credits where person_id in $excluded_crew_keys
    ))
    and ($director_keys is null or movie_id in (
        select movie_id
        from marts.fct_movie_directors
        inner join (select unnest($director_keys) as id, unnest($director_groups) as group_number) as requested
            on person_id = requested.id
        group by movie_id
        having count(distinct requested.group_number) = list_max($director_groups::integer[])
    ))
    and ($excluded_director_keys is null or movie_id not in (
        select movie_id from marts.fct_movie_directors where person_id in $excluded_director_keys
    ))
    and ($person_keys is null or movie_id in (
        select movie_id
        from credited
        inner join (select unnest($person_keys) as id, unnest($person_groups) as group_number) as requested
            on person_id = requested.id
        group by movie_id
        having count(distinct requested.group_number) = list_max($person_groups::integer[])
    ))
    and ($excluded_person_keys is null or movie_id not in (
        select movie_id from credited where person_id in $excluded_person_keys
    ))
    and ($collection_keys is null or collection_id in $collection_keys)
    and ($excluded_collection_keys is null or (collection_id not in $excluded_collection_keys) is not false)
    and ($original_language_keys is null or original_language_code in $original_language_keys)
    and ($excluded_original_language_keys is null or (
        (original_language_code not in $excluded_original_language_keys) is not false
    ))
    and ($decade is null or release_decade in $decade)
    and ($year_from is null or release_year >= $year_from)
    and ($year_to is null or release_year <= $year_to)
    and ($date_from is null or release_date >= $date_from)
    and ($date_to is null or release_date <= $date_to)
    and ($runtime_from is null or runtime_minutes >= $runtime_from)
    and ($runtime_to is null or runtime_minutes <= $runtime_to)
    and ($budget_from is null or budget_usd >= $budget_from)
    and ($budget_to is null or budget_usd <= $budget_to)
    and ($revenue_from is null or revenue_usd >= $revenue_from)
    and ($revenue_to is null or revenue_usd <= $revenue_to)
    and ($profit_from is null or profit_usd >= $profit_from)
    and ($profit_to is null or profit_usd <= $profit_to)
    and ($return_from is null or return_ratio >= $return_from)
    and ($return_to is null or return_ratio <= $return_to)
    and ($vote_count_from is null or tmdb_vote_count >= $vote_count_from)
    and ($vote_count_to is null or tmdb_vote_count <= $vote_count_to)
    and ($vote_mean_from is null or tmdb_vote_mean >= $vote_mean_from)
    and ($vote_mean_to is null or tmdb_vote_mean <= $vote_mean_to)
    and ($popularity_from is null or tmdb_popularity >= $popularity_from)
    and ($popularity_to is null or tmdb_popularity <= $popularity_to)
    and ($has_overview is null or (overview is not null) = $has_overview)
    and ($has_tagline is null or (tagline is not null) = $has_tagline)
    and ($has_poster is null or (poster_path is not null) = $has_poster)
    and ($has_homepage is null or (homepage_url is not null) = $has_homepage)
    and ($has_runtime is null or (runtime_minutes is not null) = $has_runtime)
    and ($has_budget is null or (budget_usd is not null) = $has_budget)
    and ($has_revenue is null or (revenue_usd is not null) = $has_revenue)
    and ($has_return is null or (return_ratio is not null) = $has_return)
    and ($has_votes is null or (tmdb_vote_mean is not null) = $has_votes)
    and ($has_collection is null or (collection_id is not null) = $has_collection)
    and ($has_placeholder_date is null or is_placeholder_date = $has_placeholder_date)
    and ($has_suspicious_budget is null or has_suspicious_budget = $has_suspicious_budget)
    and ($has_keywords is null or (movie_id in (select movie_id from marts.fct_movie_keywords)) = $has_keywords)
    and ($has_cast is null or (movie_id in (select movie_id from marts.fct_movie_actors)) = $has_cast)
    and ($has_ratings is null or (movie_id in (select movie_id from marts.fct_ratings_by_movie)) = $has_ratings)
