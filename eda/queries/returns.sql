-- The median returns of genres, decades or budget ranges with at least ten films.
select
    grouping,
    group_code,
    group_name,
    movie_count,
    profitable_movie_share,
    median_return_ratio,
    lower_return_ratio,
    upper_return_ratio
from marts.mart_eda_returns
where grouping = $grouping and movie_count >= 10
order by case when grouping = 'genre' then -median_return_ratio else cast(group_code as double) end, group_code
