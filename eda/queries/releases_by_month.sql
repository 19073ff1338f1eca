-- The number of films by month, and whether their day is known.
unpivot (
    select
        release_month,
        month_name_en,
        month_name_es,
        non_placeholder_movie_count as dated,
        movie_count - non_placeholder_movie_count as placeholder
    from marts.fct_releases_by_month
)
on dated, placeholder
into name date_kind value movie_count
order by release_month, date_kind
