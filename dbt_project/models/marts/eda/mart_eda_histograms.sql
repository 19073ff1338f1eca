with

measured as (

    select * from {{ ref('int_movie_measures_unpivoted') }}

),

weighed as (

    select
        measure,
        scale,
        bin_width,
        scaled_value,
        cast(floor(scaled_value / bin_width) as integer) as bin_number,
        count(*) as movie_count
    from measured
    where scaled_value is not null
    group by measure, scale, bin_width, scaled_value

),

-- Silverman (1986), 3.31: 0.9 min(deviation, interquartile range / 1.34) n^-0.2, but at least half a bin, so that round
-- numbers do not become peaks.
smoothed as (

    select
        measure,
        scale,
        bin_width,
        count(*) as known_count,
        min(cast(floor(scaled_value / bin_width) as integer)) as first_bin,
        max(cast(floor(scaled_value / bin_width) as integer)) as last_bin,
        greatest(
            coalesce(
                0.9 * pow(count(*), -0.2) * least(
                    stddev_samp(scaled_value),
                    (
                        percentile_cont(0.75) within group (order by scaled_value)
                        - percentile_cont(0.25) within group (order by scaled_value)
                    ) / 1.34
                ),
                0
            ),
            bin_width / 2
        ) as bandwidth
    from measured
    where scaled_value is not null
    group by measure, scale, bin_width

),

bins as (

    select
        *,
        {{ unnest_range('first_bin', 'last_bin') }} as bin_number
    from smoothed

),

counted as (

    select
        bins.measure,
        bins.scale,
        bins.bin_width,
        bins.bin_number,
        coalesce(sum(weighed.movie_count) filter (where weighed.bin_number = bins.bin_number), 0) as movie_count,
        sum(
            weighed.movie_count
            * exp(-0.5 * pow(((bins.bin_number + 0.5) * bins.bin_width - weighed.scaled_value) / bins.bandwidth, 2))
        ) * bins.bin_width / (bins.bandwidth * sqrt(2 * pi())) as smoothed_movie_count
    from bins
    inner join weighed on bins.measure = weighed.measure
    group by bins.measure, bins.scale, bins.bin_width, bins.bin_number, bins.bandwidth

)

select
    measure,
    scale,
    cast(bin_number as integer) as bin_number,
    {{ unscale('bin_number * bin_width', 'scale') }} as from_value,
    {{ unscale('(bin_number + 1) * bin_width', 'scale') }} as to_value,
    cast(movie_count as bigint) as movie_count,
    smoothed_movie_count
from counted
order by measure, bin_number
