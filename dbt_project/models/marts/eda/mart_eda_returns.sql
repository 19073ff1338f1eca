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
        cast(genres.genre_id as string) as group_code,
        genres.genre_name as group_name,
        movies.return_ratio
    from movies
    inner join movie_genres on movies.movie_id = movie_genres.movie_id
    inner join genres on movie_genres.genre_id = genres.genre_id

    union all

    select
        'decade' as grouping,
        cast(release_decade as string) as group_code,
        cast(release_decade as string) as group_name,
        return_ratio
    from movies

    union all

    -- Bands by powers of ten. The code is the smallest budget of the band in US dollars.
    select
        'budget' as grouping,
        cast(cast(pow(10, floor(log10(budget_usd))) as bigint) as string) as group_code,
        cast(cast(pow(10, floor(log10(budget_usd))) as bigint) as string) as group_name,
        return_ratio
    from movies

),

ranked as (

    select
        *,
        count(*) over (partition by grouping, group_code) as movie_count,
        row_number() over (partition by grouping, group_code order by return_ratio) as return_rank
    from grouped

),

-- A 95 % confidence interval for the median of any distribution reaches from the k-th to the (n + 1 − k)-th of n sorted
-- values, where k is the greatest number with P(Binomial(n, ½) < k) ≤ 2.5 % (Conover, Practical Nonparametric
-- Statistics, 3.2). Fewer than six values have no such interval.
binomials as (

    select
        movie_count,
        successes,
        sum(exp(
            {{ log_gamma('movie_count + 1') }} - {{ log_gamma('successes + 1') }}
            - {{ log_gamma('movie_count - successes + 1') }} - movie_count * ln(2)
        )) over (partition by movie_count order by successes) as probability
    from (
        select
            movie_count,
            {{ unnest_range('0', 'cast(floor(movie_count / 2) as bigint)') }} as successes
        from (select distinct movie_count from ranked) as counts
    ) as trials

),

interval_ranks as (

    select
        movie_count,
        max(successes) + 1 as interval_rank
    from binomials
    where probability <= 0.025
    group by movie_count

)

select
    ranked.grouping,
    ranked.group_code,
    ranked.group_name,
    ranked.movie_count,
    avg(cast(ranked.return_ratio > 1 as integer)) as profitable_movie_share,
    median(ranked.return_ratio) as median_return_ratio,
    max(ranked.return_ratio) filter (where ranked.return_rank = interval_ranks.interval_rank) as lower_return_ratio,
    max(ranked.return_ratio) filter (
        where ranked.return_rank = ranked.movie_count + 1 - interval_ranks.interval_rank
    ) as upper_return_ratio
from ranked
left join interval_ranks on ranked.movie_count = interval_ranks.movie_count
group by ranked.grouping, ranked.group_code, ranked.group_name, ranked.movie_count
order by ranked.grouping, ranked.group_code
