-- The share of each decade's films in the twelve largest genres, countries or original languages.
with

totals as (

    select
        group_code,
        any_value(coalesce(group_name, group_code)) as group_name,
        sum(movie_count) as total_movie_count
    from marts.mart_eda_groups_by_year
    where grouping = $grouping
    group by group_code
    order by total_movie_count desc, group_code
    limit 12

),

counted as (

    select
        group_code,
        release_year // 10 * 10 as release_decade,
        sum(movie_count) as movie_count
    from marts.mart_eda_groups_by_year
    where grouping = $grouping
    group by group_code, release_decade

)

select
    $grouping as grouping,
    totals.group_code,
    totals.group_name,
    cast(totals.total_movie_count as bigint) as total_movie_count,
    decades.release_decade,
    decades.movie_count as decade_movie_count,
    cast(coalesce(counted.movie_count, 0) as bigint) as movie_count,
    coalesce(counted.movie_count, 0) / decades.movie_count as movie_share
from totals
cross join marts.fct_releases_by_decade as decades
left join counted on totals.group_code = counted.group_code and decades.release_decade = counted.release_decade
where decades.movie_count >= (select sum(movie_count) from marts.fct_releases_by_decade) / 1000
order by total_movie_count desc, totals.group_code, decades.release_decade
