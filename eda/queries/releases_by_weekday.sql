-- The number of films by day of the week, and whether their day is known.
unpivot (
    select
        release_weekday,
        weekday_name_en,
        weekday_name_es,
        non_placeholder_movie_count as dated,
        movie_count - non_placeholder_movie_count as placeholder
    from marts.fct_releases_by_weekday
)
on dated, placeholder
into name date_kind value movie_count
order by release_weekday, date_kind
