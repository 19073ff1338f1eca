"""What the trained tables of a published warehouse say of a film, and of two: for people, on the command line."""

from dataclasses import dataclass

import duckdb

from warehouse.errors import FilmotecaError

LEAST_SIMILARITY = 0.8
"""Jaro-Winkler similarity from which a title is suggested."""

# Of several films of a title the one with most votes; digits that are no title are an id.
FIND = """
    select movie_id, title, release_year
    from marts.dim_movies
    where title_key = marts.text_key($wanted) or movie_id = try_cast($wanted as integer)
    order by title_key = marts.text_key($wanted) desc, tmdb_vote_count desc nulls last, movie_id
    limit 1
"""
SUGGEST = """
    select title
    from marts.dim_movies
    where jaro_winkler_similarity(title_key, marts.text_key($wanted)) >= $least_similarity
    group by title
    order by
        max(round(jaro_winkler_similarity(title_key, marts.text_key($wanted)), 1)) desc,
        max(tmdb_vote_count) desc nulls last,
        min(movie_id)
    limit 5
"""
SIMILAR = """
    select
        pairs.neighbor_rank,
        movies.movie_id,
        movies.title,
        movies.release_year,
        pairs.score,
        pairs.content_score,
        pairs.year_score,
        pairs.prior_score
    from recommender.neighbors as pairs
    inner join marts.dim_movies as movies on pairs.neighbor_movie_id = movies.movie_id
    where pairs.movie_id = $movie_id and pairs.neighbor_rank <= $count
    order by pairs.neighbor_rank
"""
# What a pair has without a shared term, whether or not the second film is near to the first.
APART = """
    select
        model.year_weight * exp(-abs(asked.release_year - near.release_year) / model.year_scale_years),
        asked.prior_share * near.prior_score,
        pairs.neighbor_rank
    from recommender.movies as asked
    cross join recommender.movies as near
    cross join recommender.model as model
    left join recommender.neighbors as pairs
        on asked.movie_id = pairs.movie_id and near.movie_id = pairs.neighbor_movie_id
    where asked.movie_id = $movie_id and near.movie_id = $other_id
"""
# Users are counted together: one of them tells nobody anything.
SHARED = """
    select
        terms.field,
        if(terms.field = 'likes', concat(count(*), ' users like both'), any_value(terms.term)) as shared,
        sum(own.weight::double * other.weight) as contribution
    from recommender.movie_terms as own
    inner join recommender.movie_terms as other on own.term_id = other.term_id
    inner join recommender.terms as terms on own.term_id = terms.term_id
    where own.movie_id = $movie_id and other.movie_id = $other_id
    group by terms.field, if(terms.field = 'likes', null, terms.term_id)
    order by contribution desc, min(terms.term_id)
"""


@dataclass(frozen=True, slots=True)
class Movie:
    """A film as people name it."""

    movie_id: int
    title: str
    release_year: int

    def __str__(self) -> str:
        return f"{self.title} ({self.release_year})"


@dataclass(frozen=True, slots=True)
class Similar:
    """A recommended film and the parts of its score."""

    rank: int
    movie: Movie
    score: float
    content_score: float
    year_score: float
    prior_score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What makes the score of the second of two films, asked for the first."""

    shared: list[tuple[str, str, float]]
    """Field, term and what it adds, greatest first."""
    year_score: float
    prior_score: float
    rank: int | None
    """Among the first film's neighbours; None if it is not among them."""

    @property
    def content_score(self) -> float:
        return sum(contribution for _, _, contribution in self.shared)

    @property
    def score(self) -> float:
        return self.content_score + self.year_score + self.prior_score


@dataclass(frozen=True, slots=True)
class Lookup:
    """Asks one open warehouse."""

    connection: duckdb.DuckDBPyConnection

    def movie(self, wanted: str) -> Movie:
        """The film of a title or id. Raises FilmotecaError, with the nearest titles, if there is none."""
        found = self.connection.execute(FIND, {"wanted": wanted}).fetchone()
        if found:
            return Movie(*found)
        near = self.connection.execute(SUGGEST, {"wanted": wanted, "least_similarity": LEAST_SIMILARITY}).fetchall()
        hint = f"; did you mean {' or '.join(repr(title) for (title,) in near)}?" if near else ""
        raise FilmotecaError(f"no film has the title or id {wanted!r}{hint}")

    def similar(self, movie: Movie, count: int) -> list[Similar]:
        """The first `count` neighbours of a film, fewer where the file holds fewer."""
        rows = self.connection.execute(SIMILAR, {"movie_id": movie.movie_id, "count": count}).fetchall()
        return [Similar(rank, Movie(movie_id, title, year), *parts) for rank, movie_id, title, year, *parts in rows]

    def explain(self, movie: Movie, other: Movie) -> Explanation:
        """The parts of any pair's score, also of one that is not recommended."""
        pair = {"movie_id": movie.movie_id, "other_id": other.movie_id}
        [(year_score, prior_score, rank)] = self.connection.execute(APART, pair).fetchall()
        return Explanation(self.connection.execute(SHARED, pair).fetchall(), year_score, prior_score, rank)
