with

measured as (

    select * from {{ ref('int_movie_measures_unpivoted') }}

),

totals as (

    select
        measure,
        scale,
        count(*) as movie_count,
        count(measure_value) as known_movie_count,
        count(*) filter (where measure_value = 0) as zero_movie_count
    from measured
    group by measure, scale

),

quartiles as (

    select
        measure,
        percentile_cont(0.25) within group (order by scaled_value) as scaled_first_quartile,
        percentile_cont(0.75) within group (order by scaled_value) as scaled_third_quartile
    from measured
    group by measure

),

quartered as (

    select
        measured.*,
        quartiles.scaled_first_quartile,
        quartiles.scaled_third_quartile
    from measured
    inner join quartiles on measured.measure = quartiles.measure
    where measured.scaled_value is not null

),

summarized as (

    select
        measure,
        min(measure_value) as minimum_value,
        percentile_cont(0.005) within group (order by measure_value) as low_percentile_value,
        min(measure_value) filter (
            where scaled_value >= {{ fence('scaled_first_quartile', '-', 1.5) }}
        ) as lower_whisker_value,
        percentile_cont(0.25) within group (order by measure_value) as first_quartile_value,
        percentile_cont(0.5) within group (order by measure_value) as median_value,
        percentile_cont(0.75) within group (order by measure_value) as third_quartile_value,
        max(measure_value) filter (
            where scaled_value <= {{ fence('scaled_third_quartile', '+', 1.5) }}
        ) as upper_whisker_value,
        percentile_cont(0.995) within group (order by measure_value) as high_percentile_value,
        max(measure_value) as maximum_value,
        avg(measure_value) as mean_value,
        {{ sample_skewness('measure_value') }} as skewness_coefficient,
        {{ sample_skewness('scaled_value') }} as scaled_skewness_coefficient
    from quartered
    group by measure

)

select
    totals.measure,
    totals.scale,
    totals.movie_count,
    totals.known_movie_count,
    totals.movie_count - totals.known_movie_count as unknown_movie_count,
    totals.zero_movie_count,
    summarized.minimum_value,
    summarized.low_percentile_value,
    summarized.lower_whisker_value,
    summarized.first_quartile_value,
    summarized.median_value,
    summarized.third_quartile_value,
    summarized.upper_whisker_value,
    summarized.high_percentile_value,
    summarized.maximum_value,
    summarized.mean_value,
    summarized.skewness_coefficient,
    summarized.scaled_skewness_coefficient
from totals
left join summarized on totals.measure = summarized.measure
order by totals.measure
