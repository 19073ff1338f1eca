{#
    Between which of n sorted values the median of all such films lies, with 95 % confidence at least and whatever their
    distribution: from the k-th to the (n + 1 − k)-th, where k is the greatest with P(Binomial(n, ½) < k) ≤ 2.5 %
    (Conover, Practical Nonparametric Statistics, 3.2). Fewer than six values have no such interval, and no row here.
#}
{% macro median_interval_ranks(groups) -%}
    select
        movie_count,
        max(successes) + 1 as interval_rank
    from (
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
            from (select distinct movie_count from {{ groups }})
        )
    )
    where probability <= 0.025
    group by movie_count
{%- endmacro %}
