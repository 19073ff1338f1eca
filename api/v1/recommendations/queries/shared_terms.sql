-- The terms that two films share, with their contribution to the score: the product of both weights. Term ids are row
-- numbers, from 0: a lookup by rowid avoids reading all terms.
select
    terms.field,
    terms.term_key as key,
    terms.term,
    own.weight::double * other.weight as contribution
from recommender.movie_terms as own
inner join recommender.movie_terms as other on own.term_id = other.term_id
inner join recommender.terms as terms on own.term_id = terms.rowid
where own.movie_id = $movie_id and other.movie_id = $other_movie_id
order by contribution desc, own.term_id
