-- Films released by month or weekday of all years, by year or by decade.
select
    release_month as release_period,
    month_name_en as period_name_en,
    month_name_es as period_name_es,
    movie_count,
    non_placeholder_movie_count
from marts.fct_releases_by_month
where $by = 'month'

union all

select
    release_weekday as release_period,
    weekday_name_en as period_name_en,
    weekday_name_es as period_name_es,
    movie_count,
    non_placeholder_movie_count
from marts.fct_releases_by_weekday
where $by = 'weekday'

union all

select
    release_year as release_period,
    null as period_name_en,
    null as period_name_es,
    movie_count,
    non_placeholder_movie_count
from marts.fct_releases_by_year
where $by = 'year'

union all

select
    release_decade as release_period,
    null as period_name_en,
    null as period_name_es,
    movie_count,
    non_placeholder_movie_count
from marts.fct_releases_by_decade
where $by = 'decade'
