-- The squared weights of a film in a field add up to the field's weight, or to less for genres and likes.
select count(*) from (
    select movie_id
    from recommender.movie_terms
    inner join recommender.terms using (term_id)
    inner join (
        select unnest(json_keys(weights)) as field, unnest(weights -> '$.*')::double as field_weight
        from (select config_json -> 'weights' as weights from recommender.model)
    ) using (field)
    group by movie_id, field
    having
        sum(weight::double * weight) - any_value(field_weight) > 1e-5
        or field not in ('genre', 'likes') and sum(weight::double * weight) - any_value(field_weight) < -1e-5
)
