with

movies as (

    select * from {{ ref('dim_movies') }}

),

measured as (

    select * from {{ ref('int_movie_measures_unpivoted') }}

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

far as (

    select
        measure,
        case when scaled_value < scaled_first_quartile then 'far_below' else 'far_above' end as rule,
        movie_id,
        measure_value,
        greatest(scaled_first_quartile - scaled_value, scaled_value - scaled_third_quartile) as excess
    from quartered
    where
        (measure not in ('budget_usd', 'revenue_usd') or measure_value >= 1000)
        and (
            scaled_value < {{ fence('scaled_first_quartile', '-', 3) }}
            or scaled_value > {{ fence('scaled_third_quartile', '+', 3) }}
        )

),

-- Smaller amounts are more likely to have been entered in millions, and larger equal pairs are less plausible.
suspected as (

    select
        measure,
        'below_1000_usd' as rule,
        movie_id,
        measure_value,
        -measure_value as excess
    from measured
    where measure in ('budget_usd', 'revenue_usd') and measure_value < 1000

    union all

    select
        'return_ratio' as measure,
        'budget_equals_revenue' as rule,
        movie_id,
        return_ratio as measure_value,
        budget_usd as excess
    from movies
    where budget_usd = revenue_usd

),

found as (

    select * from far
    union all
    select * from suspected

)

select
    measure,
    rule,
    movie_id,
    measure_value,
    row_number() over (partition by measure, rule order by excess desc, movie_id) as oddness_rank
from found
order by measure, rule, oddness_rank
