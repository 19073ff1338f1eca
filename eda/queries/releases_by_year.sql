-- The number of films by year, and whether their day is known.
unpivot (
    select
        release_year,
        non_placeholder_movie_count as dated,
        movie_count - non_placeholder_movie_count as placeholder
    from marts.fct_releases_by_year
)
on dated, placeholder
into name date_kind value movie_count
order by release_year, date_kind
