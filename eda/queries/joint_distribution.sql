-- The number of films in each pair of bins of two measures, and their correlation.
select
    histograms.measure,
    histograms.other_measure,
    histograms.from_value,
    histograms.to_value,
    histograms.other_from_value,
    histograms.other_to_value,
    histograms.movie_count,
    correlations.movie_count as both_movie_count,
    correlations.spearman_coefficient
from marts.mart_eda_joint_histograms as histograms
inner join marts.mart_eda_correlations as correlations
    on histograms.measure = correlations.measure and histograms.other_measure = correlations.other_measure
where histograms.measure = $measure
order by histograms.bin_number, histograms.other_bin_number
