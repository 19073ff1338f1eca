-- The number of films that each rule finds suspicious.
select
    measure,
    rule,
    count(*) as movie_count
from marts.mart_eda_outliers
group by measure, rule
order by movie_count desc, measure, rule
