with

movies as (

    select * from {{ ref('dim_movies') }}
    where return_ratio is not null and not has_suspicious_budget

),

movie_genres as (

    select * from {{ ref('fct_movie_genres') }}

),

genres as (

    select * from {{ ref('dim_genres') }}

),

grouped as (

    select
        'genre' as grouping,
        cast(genres.genre_id as varchar) as group_code,
        genres.genre_name as group_name,
        movies.return_ratio
    from movies
    inner join movie_genres on movies.movie_id = movie_genres.movie_id
    inner join genres on movie_genres.genre_id = genres.genre_id

    union all

    select
        'decade' as grouping,
        cast(release_decade as varchar) as group_code,
        cast(release_decade as varchar) as group_name,
        return_ratio
    from movies

    union all

    -- Bands by powers of ten. The code is the smallest budget of the band in US dollars.
    select
        'budget' as grouping,
        cast(cast(pow(10, floor(log10(budget_usd))) as bigint) as varchar) as group_code,
        cast(cast(pow(10, floor(log10(budget_usd))) as bigint) as varchar) as group_name,
        return_ratio
    from movies

),

listed as (

    select
        grouping,
        group_code,
        group_name,
        count(*) as movie_count,
        avg(cast(return_ratio > 1 as integer)) as profitable_movie_share,
        median(return_ratio) as median_return_ratio,
        list(return_ratio order by return_ratio) as return_ratios
    from grouped
    group by grouping, group_code, group_name

),

-- A 95 % confidence interval for the median of any distribution reaches from the k-th to the (n + 1 − k)-th of n sorted
-- values, where k is the greatest number with P(Binomial(n, ½) < k) ≤ 2.5 % (Conover, Practical Nonparametric
-- Statistics, 3.2). Fewer than six values have no such interval.
binomials as (

    select
        movie_count,
        successes,
        sum(exp(
            lgamma(movie_count + 1) - lgamma(successes + 1) - lgamma(movie_count - successes + 1)
            - movie_count * ln(2)
        )) over (partition by movie_count order by successes) as probability
    from (
        select
            movie_count,
            unnest(range(movie_count // 2 + 1)) as successes
        from (select distinct movie_count from listed) as counts
    ) as trials

),

ranks as (

    select
        movie_count,
        max(successes) + 1 as interval_rank
    from binomials
    where probability <= 0.025
    group by movie_count

)

select
    listed.grouping,
    listed.group_code,
    listed.group_name,
    listed.movie_count,
    listed.profitable_movie_share,
    listed.median_return_ratio,
    listed.return_ratios[ranks.interval_rank] as lower_return_ratio,
    listed.return_ratios[listed.movie_count + 1 - ranks.interval_rank] as upper_return_ratio
from listed
left join ranks on listed.movie_count = ranks.movie_count
order by listed.grouping, listed.group_code
