-- The tables of schema `recommender`.
create schema if not exists recommender;

create or replace table recommender.terms (
    term_id integer not null,
    field varchar not null,
    term_key varchar not null,
    term varchar not null,
    document_count bigint not null,
    idf float not null
);
comment on table recommender.terms is
    'One row per term that films can share: a word, a name, a language, a country, or a user who likes them.';
comment on column recommender.terms.term_id is 'From 0, in the order of field and then of term_key.';
comment on column recommender.terms.field is 'text, genre, keyword, cast, director, collection, language, country or likes.';
comment on column recommender.terms.term_key is
    'Identifies the term in its field: a folded word, a name, or the id of a person, collection or user.';
comment on column recommender.terms.term is 'Display name: a folded word or a name.';
comment on column recommender.terms.document_count is 'Number of films with the term.';
comment on column recommender.terms.idf is
    'Inverse document frequency: ln((1 + films) / (1 + document_count)) + 1; 1 for a user.';

create or replace table recommender.movie_terms (
    movie_id integer not null,
    term_id integer not null,
    weight float not null
);
comment on table recommender.movie_terms is
    'One row per film and term, ordered by both ids. The products of the weights of the terms that two films share add up to their content score.';
comment on column recommender.movie_terms.movie_id is 'The film, as in marts.dim_movies.';
comment on column recommender.movie_terms.term_id is 'The term, as in recommender.terms.';
comment on column recommender.movie_terms.weight is
    'In (0, 1]; the squared weights of a film in a field add up to the field''s weight, or to less for few genres or likes and for frequent directors, languages and countries.';

create or replace table recommender.movies (
    movie_id integer not null,
    release_year integer not null,
    prior_score float not null,
    prior_share float not null,
    exposure_penalty float not null
);
comment on table recommender.movies is
    'One row per film: its part in any score, whatever terms are shared. Two films'' year score is year_weight * exp(-abs(difference of the years) / year_scale_years), as in recommender.model.';
comment on column recommender.movies.movie_id is 'The film, as in marts.dim_movies.';
comment on column recommender.movies.release_year is 'Year of release.';
comment on column recommender.movies.prior_score is
    'Score of the film by itself: its number of votes relative to films of its time, and its mean vote, less exposure_penalty; at least 0.';
comment on column recommender.movies.prior_share is
    'Share of the other films'' prior_score that counts in recommendations for this film, 0 to 1.';
comment on column recommender.movies.exposure_penalty is
    'What was subtracted from the score of the film by itself, because it would otherwise be in too many lists; 0 for most films.';

create or replace table recommender.neighbors (
    movie_id integer not null,
    neighbor_rank integer not null,
    neighbor_movie_id integer not null,
    score float not null,
    content_score float not null,
    year_score float not null,
    prior_score float not null
);
comment on table recommender.neighbors is
    'One row per film and rank: the films recommended for it. score = content_score + year_score + prior_score. Beyond 50,000 films, only those with the most votes have rows: neighbor_films in the model''s config_json.';
comment on column recommender.neighbors.movie_id is 'The film, as in marts.dim_movies.';
comment on column recommender.neighbors.neighbor_rank is 'From 1, by score descending and then by neighbor_movie_id.';
comment on column recommender.neighbors.neighbor_movie_id is
    'The recommended film, as in marts.dim_movies; never the film itself.';
comment on column recommender.neighbors.score is 'In (0, 1].';
comment on column recommender.neighbors.content_score is
    'Sum of the products of both films'' weights over the terms they share.';
comment on column recommender.neighbors.year_score is 'Score for close release years.';
comment on column recommender.neighbors.prior_score is
    'The recommended film''s prior_score times the film''s prior_share, both in recommender.movies.';

create or replace table recommender.model (
    trained_movie_count bigint not null,
    untrained_movie_count bigint not null,
    term_count bigint not null,
    uses_ratings boolean not null,
    year_weight float not null,
    year_scale_years float not null,
    config_json varchar not null
);
comment on table recommender.model is
    'One row: the size and the hyperparameters of the trained model.';
comment on column recommender.model.trained_movie_count is 'Films that have a vector.';
comment on column recommender.model.untrained_movie_count is 'Films without any term: no vector, no neighbors.';
comment on column recommender.model.term_count is 'Rows of recommender.terms.';
comment on column recommender.model.uses_ratings is
    'Whether the model was trained with ratings: users who like both films.';
comment on column recommender.model.year_weight is 'Score of two films released in the same year.';
comment on column recommender.model.year_scale_years is 'Difference in years that divides the year score by e.';
comment on column recommender.model.config_json is 'All hyperparameters, as JSON.';
