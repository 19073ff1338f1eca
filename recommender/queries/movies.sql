-- All films. A title complements an overview; alone it is too little to recommend by.
select
    movie_id,
    case
        when
            overview is not null
            or tagline is not null
            or collection_id is not null
            or len(genre_names) + len(keyword_names) + len(cast_person_ids) + len(director_person_ids) > 0
            then concat_ws(' ', title, overview, tagline)
        else ''
    end as text,
    release_year,
    coalesce(tmdb_vote_count, 0) as vote_count,
    coalesce(tmdb_vote_mean, 0) as vote_mean
from marts.mart_recommender_movies
order by movie_id
