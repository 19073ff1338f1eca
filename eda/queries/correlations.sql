-- The correlations of all pairs of measures.
select
    measure,
    other_measure,
    movie_count,
    pearson_coefficient,
    spearman_coefficient
from marts.mart_eda_correlations
order by measure, other_measure
