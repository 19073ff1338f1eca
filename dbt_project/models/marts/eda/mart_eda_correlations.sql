with

movies as (

    select * from {{ ref('dim_movies') }}

),

-- A budget that was entered in millions would dominate every correlation with budgets or returns.
measured as (

    select * from {{ ref('int_movie_measures_unpivoted') }}

),

trusted as (

    select
        measured.measure,
        measured.movie_id,
        measured.measure_value
    from measured
    inner join movies on measured.movie_id = movies.movie_id
    where
        measured.measure_value is not null
        and not (movies.has_suspicious_budget and measured.measure in ('budget_usd', 'return_ratio'))
    union all
    select
        'release_year' as measure,
        movie_id,
        release_year as measure_value
    from movies

),

pairs as (

    select
        first_ones.measure,
        others.measure as other_measure,
        first_ones.measure_value as x,
        others.measure_value as y
    from trusted as first_ones
    inner join trusted as others on first_ones.movie_id = others.movie_id and first_ones.measure < others.measure

),

-- Equal values share the mean of their ranks.
ranked as (

    select
        *,
        rank() over (partition by measure, other_measure order by x)
        + count(*) over (partition by measure, other_measure, x) / 2 as x_rank,
        rank() over (partition by measure, other_measure order by y)
        + count(*) over (partition by measure, other_measure, y) / 2 as y_rank
    from pairs

),

correlated as (

    select
        measure,
        other_measure,
        count(*) as movie_count,
        corr(x, y) as pearson_coefficient,
        corr(x_rank, y_rank) as spearman_coefficient
    from ranked
    group by measure, other_measure

)

select
    measure,
    other_measure,
    movie_count,
    case when {{ is_finite('pearson_coefficient') }} then pearson_coefficient end as pearson_coefficient,
    case when {{ is_finite('spearman_coefficient') }} then spearman_coefficient end as spearman_coefficient
from correlated
order by measure, other_measure
