-- The bins of a measure between its 0.5th and 99.5th percentiles, and its statistics.
select
    histograms.measure,
    histograms.scale,
    histograms.from_value,
    histograms.to_value,
    case histograms.scale
        when 'linear' then (histograms.from_value + histograms.to_value) / 2
        else sqrt(histograms.from_value * histograms.to_value)
    end as middle_value,
    histograms.movie_count,
    histograms.smoothed_movie_count,
    measures.movie_count as all_movie_count,
    measures.known_movie_count,
    measures.unknown_movie_count,
    measures.zero_movie_count,
    measures.lower_whisker_value,
    measures.first_quartile_value,
    measures.median_value,
    measures.third_quartile_value,
    measures.upper_whisker_value,
    measures.maximum_value,
    measures.skewness_coefficient,
    measures.scaled_skewness_coefficient
from marts.mart_eda_histograms as histograms
inner join marts.mart_eda_measures as measures on histograms.measure = measures.measure
where
    histograms.measure = $measure
    and histograms.to_value > measures.low_percentile_value
    and histograms.from_value <= measures.high_percentile_value
order by histograms.bin_number
