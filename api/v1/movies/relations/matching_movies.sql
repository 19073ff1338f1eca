-- The films that meet every filter in force. A list means any of its values, `_none` none of them, `_all` all of them:
-- since a name may stand for several ids, `_all_places` says of each id the place of the value that was asked for.
with

credited as (

    select movie_id, person_id from marts.fct_cast_credits
    union all
    select movie_id, person_id from marts.fct_crew_credits

)

select * from marts.dim_movies
where
    true
    and ($q is null or movie_id in (select found.movie_id from movies_matching($q) as found))
    and ($movie_id is null or movie_id in $movie_id)
    and ($imdb_id is null or imdb_id in $imdb_id)
    and ($genre is null or movie_id in (
        select movie_id from marts.fct_movie_genres where genre_id in $genre
    ))
    and ($genre_all is null or movie_id in (
        select movie_id
        from marts.fct_movie_genres
        inner join (select unnest($genre_all) as id, unnest($genre_all_places) as place) as wanted
            on genre_id = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($genre_all_places)
    ))
    and ($genre_none is null or movie_id not in (
        select movie_id from marts.fct_movie_genres where genre_id in $genre_none
    ))
    and ($keyword is null or movie_id in (
        select movie_id from marts.fct_movie_keywords where keyword_id in $keyword
    ))
    and ($keyword_all is null or movie_id in (
        select movie_id
        from marts.fct_movie_keywords
        inner join (select unnest($keyword_all) as id, unnest($keyword_all_places) as place) as wanted
            on keyword_id = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($keyword_all_places)
    ))
    and ($keyword_none is null or movie_id not in (
        select movie_id from marts.fct_movie_keywords where keyword_id in $keyword_none
    ))
    and ($company is null or movie_id in (
        select movie_id from marts.fct_movie_companies where company_id in $company
    ))
    and ($company_all is null or movie_id in (
        select movie_id
        from marts.fct_movie_companies
        inner join (select unnest($company_all) as id, unnest($company_all_places) as place) as wanted
            on company_id = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($company_all_places)
    ))
    and ($company_none is null or movie_id not in (
        select movie_id from marts.fct_movie_companies where company_id in $company_none
    ))
    and ($country is null or movie_id in (
        select movie_id from marts.fct_movie_countries where country_code in $country
    ))
    and ($country_all is null or movie_id in (
        select movie_id
        from marts.fct_movie_countries
        inner join (select unnest($country_all) as id, unnest($country_all_places) as place) as wanted
            on country_code = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($country_all_places)
    ))
    and ($country_none is null or movie_id not in (
        select movie_id from marts.fct_movie_countries where country_code in $country_none
    ))
    and ($spoken_language is null or movie_id in (
        select movie_id from marts.fct_movie_spoken_languages where language_code in $spoken_language
    ))
    and ($spoken_language_all is null or movie_id in (
        select movie_id
        from marts.fct_movie_spoken_languages
        inner join (select unnest($spoken_language_all) as id, unnest($spoken_language_all_places) as place) as wanted
            on language_code = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($spoken_language_all_places)
    ))
    and ($spoken_language_none is null or movie_id not in (
        select movie_id from marts.fct_movie_spoken_languages where language_code in $spoken_language_none
    ))
    and ($actor is null or movie_id in (
        select movie_id from marts.fct_movie_actors where person_id in $actor
    ))
    and ($actor_all is null or movie_id in (
        select movie_id
        from marts.fct_movie_actors
        inner join (select unnest($actor_all) as id, unnest($actor_all_places) as place) as wanted
            on person_id = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($actor_all_places)
    ))
    and ($actor_none is null or movie_id not in (
        select movie_id from marts.fct_movie_actors where person_id in $actor_none
    ))
    and ($crew is null or movie_id in (
        select movie_id from marts.fct_crew_credits where person_id in $crew
    ))
    and ($crew_all is null or movie_id in (
        select movie_id
        from marts.fct_crew_credits
        inner join (select unnest($crew_all) as id, unnest($crew_all_places) as place) as wanted
            on person_id = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($crew_all_places)
    ))
    and ($crew_none is null or movie_id not in (
        select movie_id from marts.fct_crew_credits where person_id in $crew_none
    ))
    and ($director is null or movie_id in (
        select movie_id from marts.fct_movie_directors where person_id in $director
    ))
    and ($director_all is null or movie_id in (
        select movie_id
        from marts.fct_movie_directors
        inner join (select unnest($director_all) as id, unnest($director_all_places) as place) as wanted
            on person_id = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($director_all_places)
    ))
    and ($director_none is null or movie_id not in (
        select movie_id from marts.fct_movie_directors where person_id in $director_none
    ))
    and ($person is null or movie_id in (
        select movie_id from credited where person_id in $person
    ))
    and ($person_all is null or movie_id in (
        select movie_id
        from credited
        inner join (select unnest($person_all) as id, unnest($person_all_places) as place) as wanted
            on person_id = wanted.id
        group by movie_id
        having count(distinct wanted.place) = list_max($person_all_places)
    ))
    and ($person_none is null or movie_id not in (
        select movie_id from credited where person_id in $person_none
    ))
    and ($collection is null or collection_id in $collection)
    and ($collection_none is null or (collection_id not in $collection_none) is not false)
    and ($original_language is null or original_language_code in $original_language)
    and ($original_language_none is null or (original_language_code not in $original_language_none) is not false)
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
