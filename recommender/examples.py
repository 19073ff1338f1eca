"""Lists to be judged by eye: what is recommended for twenty films, from the best known to the obscure, and why."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from recommender.lookup import Lookup, Movie, Similar
from warehouse.connection import open_read_only
from warehouse.screen import Screen

RANKS = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 20_000]
"""By votes, of the films in the most frequent original language."""
OTHER_LANGUAGES = 10
OTHER_RANKS = [1, 100]
"""Of so many further languages, those of most films, in turn."""
SHOWN = 10
REASONS = 4

# A rule chooses, so that nobody can choose films that look well.
ASKED = """
    with ranked as (
        select
            movie_id,
            title,
            release_year,
            original_language_code,
            genre_names,
            count(*) over (partition by original_language_code) as language_movie_count,
            row_number() over (
                partition by original_language_code
                order by tmdb_vote_count desc nulls last, movie_id
            ) as vote_rank
        from marts.dim_movies
        where original_language_code is not null and title is not null
    ),

    languages as (
        select
            original_language_code,
            row_number() over (order by count(*) desc, original_language_code) as language_rank
        from ranked
        group by original_language_code
    )

    select
        ranked.movie_id,
        ranked.title,
        ranked.release_year,
        ranked.vote_rank,
        ranked.original_language_code,
        ranked.genre_names
    from ranked
    inner join languages on ranked.original_language_code = languages.original_language_code
    where
        (languages.language_rank = 1 and list_contains($ranks, ranked.vote_rank))
        or (
            languages.language_rank between 2 and $other_languages + 1
            and ranked.vote_rank = $other_ranks[languages.language_rank % len($other_ranks) + 1]
        )
    order by languages.language_rank, ranked.vote_rank
"""
INTRODUCTION = """\
# Recommendations for twenty films

What is recommended for films that nobody picked: of those in the most frequent original language the ones of rank
{ranks} by votes; of the {languages} next languages in turn the ones of rank
{other_ranks}. `shared`, `years` and `votes` are the parts of a score; what is shared is told by its {reasons}
greatest parts, of which the words of title, tagline and overview are one. [How the score is made](recommender.md), and
[how good the lists are](recommender-evaluation.md), are told elsewhere.

`python -m recommender examples` writes this page, from the published warehouse.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A film for which others are recommended."""

    movie: Movie
    vote_rank: int
    """By votes, of the films in its original language, from 1."""
    language_code: str
    genre_names: Sequence[str]


def write_examples(database: Path, page: Path) -> None:
    """Writes the page, in Markdown. Raises FilmotecaError where the file is no trained warehouse."""
    screen = Screen()
    with open_read_only(database) as connection, screen.step("lists for twenty films"):
        films = _asked(connection)
        parts = [introduction()]
        for number, film in enumerate(films, 1):
            parts.append("\n".join(_section(Lookup(connection), film)))
            screen.count("films", number, len(films))
    page.write_text("\n".join(parts), "utf-8")
    screen.say(f"wrote {page}: {len(films)} films")


def introduction() -> str:
    """What stands above the lists."""
    ranks, other_ranks = (", ".join(f"{rank:,}" for rank in ranks) for ranks in (RANKS, OTHER_RANKS))
    return INTRODUCTION.format(ranks=ranks, languages=OTHER_LANGUAGES, other_ranks=other_ranks, reasons=REASONS)


def _asked(connection: duckdb.DuckDBPyConnection) -> list[Asked]:
    rows = connection.execute(
        ASKED, {"ranks": RANKS, "other_languages": OTHER_LANGUAGES, "other_ranks": OTHER_RANKS}
    ).fetchall()
    return [
        Asked(Movie(movie_id, title, year), rank, language, genres)
        for movie_id, title, year, rank, language, genres in rows
    ]


def _section(lookup: Lookup, film: Asked) -> Iterator[str]:
    rank = f"number {film.vote_rank:,} by votes of the films in {film.language_code}"
    yield f"## {_plain(str(film.movie))}\n"
    yield f"{_plain(', '.join([*film.genre_names, rank]))}\n"
    found = lookup.similar(film.movie, SHOWN)
    if not found:
        yield "No film is near: too little is known of it.\n"
        return
    yield "| rank | film | score | shared | years | votes | what is shared |"
    yield "|---|---|---|---|---|---|---|"
    for each in found:
        yield _row(each, lookup.explain(film.movie, each.movie).shared)
    yield ""


def _row(near: Similar, shared: Sequence[tuple[str, str, float]]) -> str:
    parts = (near.score, near.content_score, near.year_score, near.prior_score)
    cells = [str(near.rank), _plain(str(near.movie)), *(f"{part:.3f}" for part in parts), _plain(reasons(shared))]
    return f"| {' | '.join(cells)} |"


def reasons(shared: Sequence[tuple[str, str, float]]) -> str:
    """The greatest parts of what two films share, from (field, term, what it adds), greatest first."""
    words = sum(added for field, _, added in shared if field == "text")
    parts = [(f"in {term}" if field == "language" else term, added) for field, term, added in shared if field != "text"]
    parts += [("words", words)] if words else []
    return ", ".join(name for name, _ in sorted(parts, key=lambda part: -part[1])[:REASONS])


def _plain(text: str) -> str:
    """The text as Markdown that shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>|#&])", r"\\\1", text)
