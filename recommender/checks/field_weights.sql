-- The squared weights of a film in a field add up to the field's weight, or to less for some fields.
with config as (
    select config_json -> 'weights' as weights
    from recommender.model
),

fields as (
    select
        unnest(json_keys(weights)) as field,
        unnest(weights -> '$.*')::double as field_weight
    from config
),

sums as (
    select
        terms.field,
        any_value(fields.field_weight) as field_weight,
        sum(movie_terms.weight::double * movie_terms.weight) as squared_weight
    from recommender.movie_terms as movie_terms
    inner join recommender.terms as terms on movie_terms.term_id = terms.term_id
    inner join fields on terms.field = fields.field
    group by movie_terms.movie_id, terms.field
)

select count(*)
from sums
where
    squared_weight - field_weight > 1e-5
    or field in ('text', 'keyword', 'cast', 'collection') and squared_weight - field_weight < -1e-5
