create or replace temp macro movies_matching(q) as table (

    select movie_id from marts.dim_movies where contains(title_key, marts.text_key(q))

);
