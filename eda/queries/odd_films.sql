-- The five most extreme films of each rule.
select
    outliers.measure,
    outliers.rule,
    movies.title,
    movies.release_year,
    outliers.measure_value
from marts.mart_eda_outliers as outliers
inner join marts.dim_movies as movies on outliers.movie_id = movies.movie_id
where outliers.oddness_rank <= 5
order by outliers.measure, outliers.rule, outliers.oddness_rank
