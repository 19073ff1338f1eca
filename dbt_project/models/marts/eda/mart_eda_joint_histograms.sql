with

measured as (

    select * from {{ ref('int_movie_measures_unpivoted') }}

),

binned as (

    select
        measure,
        scale,
        bin_width,
        movie_id,
        cast(floor(scaled_value / bin_width) as integer) as bin_number
    from measured
    where scaled_value is not null

),

counted as (

    select
        binned.measure,
        others.measure as other_measure,
        binned.scale,
        others.scale as other_scale,
        binned.bin_width,
        others.bin_width as other_bin_width,
        binned.bin_number,
        others.bin_number as other_bin_number,
        count(*) as movie_count
    from binned
    inner join binned as others on binned.movie_id = others.movie_id
    where
        (binned.measure = 'budget_usd' and others.measure = 'revenue_usd')
        or (binned.measure = 'tmdb_vote_count' and others.measure = 'tmdb_vote_mean')
    group by
        binned.measure, others.measure, binned.scale, others.scale,
        binned.bin_width, others.bin_width, binned.bin_number, others.bin_number

)

select
    measure,
    other_measure,
    bin_number,
    other_bin_number,
    {{ unscale('bin_number * bin_width', 'scale') }} as from_value,
    {{ unscale('(bin_number + 1) * bin_width', 'scale') }} as to_value,
    {{ unscale('other_bin_number * other_bin_width', 'other_scale') }} as other_from_value,
    {{ unscale('(other_bin_number + 1) * other_bin_width', 'other_scale') }} as other_to_value,
    movie_count
from counted
order by measure, bin_number, other_bin_number
