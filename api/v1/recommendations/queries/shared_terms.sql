-- What two films share, and what each term adds to their score: the product of both films' weights. Terms lie in the
-- file by their ids, from 0: by its rowid a term is found without reading all of them.
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
