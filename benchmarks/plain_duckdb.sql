-- Each variable is the path of a raw file.
create macro raw_records(path) as table from read_csv(path, all_varchar = true, quote = '"', escape = '"', header = true);

create table movies as
select * replace (
    try_cast(id as integer) as id,
    try_cast(runtime as double) as runtime,
    try_cast(popularity as double) as popularity,
    try_cast(vote_average as double) as vote_average,
    try_cast(budget as bigint) as budget,
    try_cast(revenue as bigint) as revenue,
    try_cast(vote_count as bigint) as vote_count,
    try_cast(release_date as date) as release_date,
    try_cast(genres as struct(id varchar, name varchar)[]) as genres,
    try_cast(production_companies as struct(id varchar, name varchar)[]) as production_companies,
    try_cast(production_countries as struct(iso_3166_1 varchar, name varchar)[]) as production_countries,
    try_cast(spoken_languages as struct(iso_639_1 varchar, name varchar)[]) as spoken_languages
)
from raw_records(getvariable('movies'));

create table credits as
select * replace (
    try_cast(id as integer) as id,
    try_cast("cast" as struct(
        cast_id varchar, "character" varchar, "order" varchar,
        credit_id varchar, gender varchar, id varchar, name varchar, profile_path varchar
    )[]) as "cast",
    try_cast(crew as struct(
        department varchar, job varchar,
        credit_id varchar, gender varchar, id varchar, name varchar, profile_path varchar
    )[]) as crew
)
from raw_records(getvariable('credits'));

create table keywords as
select * replace (
    try_cast(id as integer) as id,
    try_cast(keywords as struct(id varchar, name varchar)[]) as keywords
)
from raw_records(getvariable('keywords'));

create table links as
select * replace (try_cast(movieId as integer) as movieId, try_cast(tmdbId as integer) as tmdbId)
from raw_records(getvariable('links'));

create table ratings as
select * replace (
    try_cast(userId as integer) as userId,
    try_cast(movieId as integer) as movieId,
    try_cast(rating as double) as rating,
    try_cast(timestamp as bigint) as timestamp
)
from raw_records(getvariable('ratings'));
