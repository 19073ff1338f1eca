-- A warehouse small enough to check by hand: the tables of the public contract that the API reads.
create schema quality;

create table marts.dim_movies as
select
    movie_id::integer as movie_id,
    title,
    marts.text_key(title) as title_key,
    original_title,
    marts.text_key(original_title) as original_title_key,
    release_date,
    year(release_date)::integer as release_year,
    (year(release_date) // 10 * 10)::integer as release_decade,
    month(release_date) = 1 and day(release_date) = 1 as is_placeholder_date,
    coalesce(budget_usd < 1000, false) as has_suspicious_budget,
    runtime_minutes::double as runtime_minutes,
    budget_usd::bigint as budget_usd,
    revenue_usd::bigint as revenue_usd,
    (revenue_usd - budget_usd)::bigint as profit_usd,
    revenue_usd / budget_usd as return_ratio,
    tmdb_popularity::double as tmdb_popularity,
    tmdb_vote_count::bigint as tmdb_vote_count,
    tmdb_vote_mean::double as tmdb_vote_mean,
    -- 230 prior votes of mean 5.
    (tmdb_vote_count * tmdb_vote_mean + 230 * 5.0) / (tmdb_vote_count + 230) as weighted_rating,
    case movie_id when 1 then 'fr' when 15 then 'es' when 16 then 'es' end as original_language_code,
    -- What files have to put in quotes, and what a spreadsheet might take for a formula.
    case movie_id
        when 1 then e'Amélie, "le destin":\n\n- l''été\r\n- 千と千尋\tfin'
        when 4 then '=1+1' when 5 then '+1' when 7 then '-300-' when 8 then '@horror' when 9 then '007'
    end as overview,
    case movie_id when 1 then 'null' when 2 then '' when 4 then ' , ' when 5 then 'NA' end as tagline,
    -- In the film's order; genre -3, of film 11, has no name.
    case
        when movie_id in (2, 5) then ['Drama']
        when movie_id in (4, 7) then ['Action']
        when movie_id = 1 then ['Comedy']
        when movie_id = 6 then ['Comedy', 'Drama']
        else []
    end::varchar[] as genre_names,
    case when movie_id in (12, 13) then 1 when movie_id = 14 then 2 end::bigint as collection_id,
    case when movie_id in (12, 13) then 'V/H/S Collection' when movie_id = 14 then 'Otra Colección' end
        as collection_name
from (
    values
    (1, 'Amélie', 'Le Fabuleux Destin d''Amélie Poulain', date '2001-04-25', 122, 10, 174, 12.5, 3400, 7.8),
    (2, 'Titanic', 'Titanic', '1997-11-18', 194, 200000000, 1800000000, 26.9, 7770, 7.5),
    (3, 'Titanic', 'Titanic', '1953-01-01', 98, null, null, 4.0, 55, 6.3),
    (4, 'Face/Off', 'Face/Off', '1997-06-27', 138, 80000000, 240000000, 11.5, 2000, 6.8),
    (5, '8½', 'Otto e mezzo', '1963-02-14', 138, null, null, 6.7, 1999, 7.9),
    (6, 'O Brother, Where Art Thou?', 'O Brother, Where Art Thou?', '2000-08-30', 106, 26000000, 71500000, 12.4, 1200, 7.3),
    (7, '300', '300', '2006-12-09', 117, 65000000, null, 18.1, 5000, 7.0),
    (8, '#Horror', '#Horror', '2015-11-20', 101, null, null, 2.4, 40, 3.4),
    (9, '100% Wolf', '100% Wolf', '2020-06-26', 96, null, 9000000, 9.9, 300, 6.1),
    (10, 'Spirited Away', '千と千尋の神隠し', '2001-07-20', 125, 15000000, 275000000, 41.0, 3900, 8.3),
    -- Its original title is the title of others: it answers for `Mudo` only.
    (11, 'Mudo', 'Titanic', '1920-01-01', null, null, null, null, null, null),
    (12, 'V/H/S', 'V/H/S', '2012-10-05', 116, null, 100, 5.0, 400, 5.8),
    (13, 'V/H/S/2', 'V/H/S/2', '2013-06-06', 96, null, null, 5.0, 300, 6.0),
    (14, 'A "Title"? What: 100%/50%', 'Che?', '1972-12-07', 114, null, null, 1.0, 20, 6.1),
    -- Equal votes: the lower id answers.
    (16, 'Gemelas', 'Gemelas', '1999-02-03', 90, null, null, 1.0, 10, 5.0),
    (15, 'Gemelas', 'Gemelas', '1989-02-03', 91, null, null, 1.0, 10, 5.0)
) as films (
    movie_id, title, original_title, release_date, runtime_minutes, budget_usd, revenue_usd, tmdb_popularity,
    tmdb_vote_count, tmdb_vote_mean
);

create table marts.dim_people as
select
    person_id::bigint as person_id,
    person_name,
    marts.text_key(person_name) as person_name_key,
    gender,
    person_id >= 0 as is_tmdb_person,
    cast_movie_count::bigint as cast_movie_count,
    crew_movie_count::bigint as crew_movie_count,
    directed_movie_count::bigint as directed_movie_count
from (
    values
    (100, 'Ana Robles', 'female', 3, 2, 1),
    (101, 'Ana Robles', null, 1, 0, 0),
    -- As many films as 101, but no TMDB id: after it.
    (-7, 'Ana Robles', null, 1, 0, 0),
    (102, 'Ana Robles', null, 0, 0, 0),
    (103, 'Robert Downey Jr.', 'male', 1, 0, 0),
    (104, 'Peter O''Toole', 'male', 1, 0, 0),
    (105, 'Federico Fellini', 'male', 0, 1, 1),
    -- Directed every film that he is in: nothing is left without them.
    (106, 'Orson Solo', 'non-binary', 1, 3, 3)
) as people (person_id, person_name, gender, cast_movie_count, crew_movie_count, directed_movie_count);

-- 100 has two roles in film 2, in 4 one that is not named.
create table marts.fct_cast_credits as
from (
    values
    (2, 1, 100::bigint, 'Rose', 1), (2, 2, 106, 'Caledon', null), (2, 3, 100, 'Old Rose', 0), (3, 1, 104, 'Captain', 0),
    (4, 1, 100, '', 2), (6, 1, 100, 'Penny', 0), (8, 1, 101, 'Sam', 0), (8, 2, 103, 'Alex', 1), (9, 1, -7, 'Wolf', 0)
) as credits (movie_id, list_position, person_id, character_name, billing_order);

create table marts.fct_movie_actors as
select
    movie_id,
    person_id,
    (movie_id, person_id) in ((2, 106), (6, 100)) as is_also_director
from marts.fct_cast_credits
group by movie_id, person_id;

create table marts.fct_crew_credits as
from (
    values
    (2, 1, 106::bigint, 'Directing', 'Director'), (4, 1, 106, 'Directing', 'Director'),
    (5, 1, 105, 'Directing', 'Director'), (6, 1, 100, 'Directing', 'Director'), (6, 2, 100, 'Writing', 'Screenplay'),
    (7, 1, 106, 'Directing', 'Director'), (8, 1, 100, 'Writing', 'Story'), (8, 2, 100, 'Sound', null)
) as credits (movie_id, list_position, person_id, department, job);

create table marts.fct_movie_directors as
from (values (6, 100), (2, 106), (4, 106), (5, 105), (7, 106)) as directed (movie_id, person_id);

-- 100 is in the cast of 2 (return 9), 4 (return 3) and 6 (return 2.75), and directed 6.
--   excluded: 9 + 3 = 12, 12 / 2 = 6;  (1800 + 240) / (200 + 80) = 7.285714…
--   included: 12 + 2.75 = 14.75, 14.75 / 3 = 4.916666…
create table marts.fct_returns_by_actor as
from (
    values
    (100::bigint, 'excluded', 2::bigint, 1::bigint, 2::bigint, 12::double, 6::double, 6::double, 6::double, 2040 / 280),
    (100, 'included', 3, 0, 3, 14.75, 14.75 / 3, 14.75 / 3, 3, 2111.5 / 306),
    (101, 'excluded', 1, 0, 0, 0, 0, null, null, null),
    (101, 'included', 1, 0, 0, 0, 0, null, null, null),
    (-7, 'excluded', 1, 0, 0, 0, 0, null, null, null),
    (-7, 'included', 1, 0, 0, 0, 0, null, null, null),
    (103, 'excluded', 1, 0, 0, 0, 0, null, null, null),
    (103, 'included', 1, 0, 0, 0, 0, null, null, null),
    (104, 'excluded', 1, 0, 0, 0, 0, null, null, null),
    (104, 'included', 1, 0, 0, 0, 0, null, null, null),
    (106, 'excluded', 0, 1, 0, 0, null, null, null, null),
    (106, 'included', 1, 0, 1, 9, 9, 9, 9, 9)
) as returns (
    person_id, director_policy, movie_count, excluded_directed_movie_count, known_return_movie_count,
    total_return_ratio, mean_return_ratio, known_mean_return_ratio, known_median_return_ratio, pooled_return_ratio
);

-- 106 directed 2 (return 9), 4 (return 3) and 7 (return unknown): 12, 12 / 3 = 4; of the two known ones 12 / 2 = 6,
-- and together (1800 + 240) / (200 + 80) = 7.285714…
create table marts.fct_returns_by_director as
from (
    values
    (100::bigint, 1::bigint, 1::bigint, 2.75::double, 2.75::double, 2.75::double, 2.75::double, 2.75::double),
    (105, 1, 0, 0, 0, null, null, null),
    (106, 3, 2, 12, 4, 6, 6, 2040 / 280)
) as returns (
    person_id, movie_count, known_return_movie_count, total_return_ratio, mean_return_ratio,
    known_mean_return_ratio, known_median_return_ratio, pooled_return_ratio
);

-- Two films of January, both of 1 January; one of October; none of the other months.
create table marts.fct_releases_by_month as
select
    release_month,
    month_name_es,
    [month_name_es, left(month_name_es, 3), release_month::varchar]
    || if(release_month = 10, ['october'], [])::varchar[] as accepted_keys,
    case release_month when 1 then 2 when 10 then 1 else 0 end::bigint as movie_count,
    if(release_month = 10, 1, 0)::bigint as non_placeholder_movie_count
from (
    values
    (1, 'enero'), (2, 'febrero'), (3, 'marzo'), (4, 'abril'), (5, 'mayo'), (6, 'junio'), (7, 'julio'), (8, 'agosto'),
    (9, 'septiembre'), (10, 'octubre'), (11, 'noviembre'), (12, 'diciembre')
) as months (release_month, month_name_es);

-- Four films on a Wednesday, one of them of 1 January.
create table marts.fct_releases_by_weekday as
select
    release_weekday,
    weekday_name_es,
    [marts.text_key(weekday_name_es), release_weekday::varchar] as accepted_keys,
    if(release_weekday = 3, 4, 0)::bigint as movie_count,
    if(release_weekday = 3, 3, 0)::bigint as non_placeholder_movie_count
from (
    values
    (1, 'lunes'), (2, 'martes'), (3, 'miércoles'), (4, 'jueves'), (5, 'viernes'), (6, 'sábado'), (7, 'domingo')
) as weekdays (release_weekday, weekday_name_es);

-- The sixteen films: two in 1997, one in each other year; 1920 and 1953 are placeholders.
create table marts.fct_releases_by_year as
select
    release_year,
    count(*) as movie_count,
    count(*) filter (where release_year not in (1920, 1953)) as non_placeholder_movie_count
from marts.dim_movies
group by release_year;

create table marts.fct_releases_by_decade as
from (
    values
    (1920, 1::bigint, 0::bigint), (1950, 1, 0), (1960, 1, 1), (1970, 1, 1), (1980, 1, 1), (1990, 3, 3), (2000, 4, 4),
    (2010, 3, 3), (2020, 1, 1)
) as decades (release_decade, movie_count, non_placeholder_movie_count);

create table marts.fct_ratings_by_movie as
from (
    values (1, 4::bigint, 4.5::double), (2, 10, 3.1), (11, 1, 5)
) as ratings (movie_id, movielens_rating_count, movielens_rating_mean);

create table marts.dim_collections as
select
    *,
    marts.text_key(collection_name) as collection_name_key
from (
    -- 100 + unknown, counted as 0: 100 / 2 = 50.
    values (1, 'V/H/S Collection', 2::bigint, 1::bigint, 100::bigint), (2, 'Otra Colección', 1, 0, null)
) as collections (collection_id, collection_name, movie_count, known_revenue_movie_count, total_revenue_usd);

-- 1: films 2 and 4, 1800 + 240 million; 2: films 4 and 6, 240 + 71.5 million.
create table marts.dim_companies as
select
    *,
    marts.text_key(company_name) as company_name_key
from (
    values
    (1, 'Rankin/Bass', 2::bigint, 2::bigint, 2040000000::bigint),
    (2, 'rankin/bass', 2, 2, 311500000),
    (3, 'Pixar', 0, 0, null), (-4, null, 1, 0, null)
) as companies (company_id, company_name, movie_count, known_revenue_movie_count, total_revenue_usd);

-- Two ids of one name share film 4: 3 films, 1800 + 240 + 71.5 million.
create table marts.fct_movie_companies as
from (values (2, 1, 1), (4, 1, 2), (4, 2, 1), (6, 2, 1), (11, -4, 1)) as companies (movie_id, company_id, list_position);

-- CG: films 2, 4 and 7, 1800 + 240 million and unknown.
create table marts.dim_countries as
select
    *,
    marts.text_key(country_name) as country_name_key
from (
    values
    ('AR', 'Argentina', 1::bigint, 0::bigint, null::bigint), ('CD', 'Congo', 1, 1, 240000000),
    ('CG', 'Congo', 3, 2, 2040000000), ('FR', 'France', 2, 1, 174)
) as countries (country_code, country_name, movie_count, known_revenue_movie_count, total_revenue_usd);

create table marts.fct_movie_countries as
from (
    values (15, 'AR'), (4, 'CD'), (2, 'CG'), (4, 'CG'), (7, 'CG'), (1, 'FR'), (5, 'FR')
) as countries (movie_id, country_code);

create table marts.dim_languages as
select
    *,
    marts.text_key(language_name) as language_name_key
from (
    values
    ('es', 'Español', 2::bigint, 3::bigint, 0::bigint, null::bigint), ('fr', 'Français', 1, 1, 1, 174),
    ('xx', null, 0, 1, 0, null)
) as languages (
    language_code, language_name, movie_count, spoken_movie_count, known_revenue_movie_count, total_revenue_usd
);

-- Drama: films 2, 5 and 6, 1800 + 71.5 million and unknown. Comedy: films 1 and 6, 174 + 71,500,000.
create table marts.dim_genres as
select
    *,
    marts.text_key(genre_name) as genre_name_key
from (
    values
    (18::bigint, 'Drama', 3::bigint, 2::bigint, 1871500000::bigint), (28, 'Action', 2, 1, 240000000),
    (35, 'Comedy', 2, 2, 71500174), (-3, null, 1, 0, null)
) as genres (genre_id, genre_name, movie_count, known_revenue_movie_count, total_revenue_usd);

create table marts.fct_movie_genres as
from (
    values (2, 18::bigint, 1), (5, 18, 1), (6, 35, 1), (6, 18, 2), (4, 28, 1), (7, 28, 1), (1, 35, 1), (11, -3, 1)
) as genres (movie_id, genre_id, list_position);

create table marts.dim_keywords as
select
    *,
    marts.text_key(keyword_name) as keyword_name_key
from (
    values
    (1::bigint, '100% wolf_pack', 1::bigint, 1::bigint, 9000000::bigint), (2, 'ocean liner', 1, 1, 1800000000),
    (-5, null, 1, 0, null)
) as keywords (keyword_id, keyword_name, movie_count, known_revenue_movie_count, total_revenue_usd);

create table marts.fct_movie_keywords as
from (values (9, 1::bigint, 1), (2, 2, 1), (11, -5, 1)) as keywords (movie_id, keyword_id, list_position);

create table marts.fct_movie_spoken_languages as
from (
    values (1, 'fr', 1), (1, 'es', 2), (2, 'xx', 1), (15, 'es', 1), (16, 'es', 1)
) as languages (movie_id, language_code, list_position);

create table marts.fct_movie_links as
from (values (2, 1721, 'tt0120338'), (2, 2157, null)) as links (movie_id, movielens_movie_id, imdb_id);

-- 20 = 16 + 4 and 9 = 9 + 0; of the four, two broke one rule and one each broke two others.
create table quality.row_accounting as
from (
    values ('credits', 9::bigint, 9::bigint, 0::bigint), ('movies', 20, 16, 4)
) as accounts (source_name, rows_read, rows_kept, rows_rejected);

create table quality.rejected_rows as
from (
    values
    ('movies', 3::bigint, '1', 'duplicate_id', '{"id": "1"}'),
    ('movies', 7, '77', 'missing_release_date', '{"id": "77", "release_date": null}'),
    ('movies', 12, '78', 'missing_release_date', '{"id": "78", "release_date": ""}'),
    ('movies', 20, null, 'malformed_row', '{"id": null, "title": "a, \"b\""}')
) as rejected (source_name, row_number, record_key, reason, record_json);

create table quality.unreadable_cells as
from (
    values ('credits', 2::bigint, '2', 'cast', '[{'), ('movies', 2, '2', 'budget', 'abc'), ('movies', 2, '2', 'genres', 'x')
) as cells (source_name, row_number, record_key, column_name, cell_text);

create table quality.build_info as
select
    'build-1' as build_id,
    timestamp '2026-01-31 12:00:00' as built_at,
    $version as filmoteca_version,
    '3.11.7' as python_version,
    '1.5.5' as duckdb_version,
    '1.11.16' as dbt_version,
    '1.9.1' as scikit_learn_version,
    [
        { 'source_name': name, 'file_name': name || '.csv', 'size_bytes': 1234::bigint, 'sha256': 'ab12', 'missing_columns': []::varchar[] }
        for name in ['movies', 'credits', 'keywords', 'links', 'ratings']
    ] as source_files,
    [{ 'table_schema': 'marts', 'table_name': 'dim_movies', 'row_count': 16::bigint }] as tables,
    [{ 'step': 'raw files', 'seconds': 0.25::double }] as steps;
comment on table quality.build_info is 'One row: the build.';
comment on column quality.build_info.build_id is 'Hash of everything.';

-- How known people are: their films, the votes of those, and the titles with most.
create temp table int_people_vote_totals as
select
    people.person_id,
    count(movies.movie_id) as movie_count,
    sum(movies.tmdb_vote_count) as vote_count,
    arg_max(movies.title, { 'vote_count': movies.tmdb_vote_count, 'movie_id': -movies.movie_id }, 3) as known_for_titles
from marts.dim_people as people
left join (
    select person_id, movie_id from marts.fct_movie_actors
    union
    select person_id, movie_id from marts.fct_movie_directors
) as credits on people.person_id = credits.person_id
left join marts.dim_movies as movies on credits.movie_id = movies.movie_id
group by people.person_id;

-- The people of all sources are those of the mart.
create temp table int_people_merged as
from marts.dim_people;

-- So are the entries of the casts.
create temp table int_cast_entries_unnested as
from marts.fct_cast_credits;

-- Directors are the whole crew.
create temp table int_crew_entries_unnested as
select movie_id, person_id, 'Director' as job
from marts.fct_movie_directors;

-- Entities have no votes.
create temp table int_entity_vote_totals (entity_kind varchar, entity_id varchar, vote_count bigint);
