"""`.venv/bin/python -m tools.recommender_examples`: print the recommendations for twenty films as Markdown."""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import duckdb

from recommender.index import RecommenderIndex
from recommender.taste import Contribution, Taste
from warehouse.connection import open_read_only
from warehouse.errors import run_command
from warehouse.settings import Settings

RANKS = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 20_000]
"""Ranks by votes of the films in the most frequent original language."""
OTHER_LANGUAGES, OTHER_RANKS = 10, [1, 100]
"""Number of further languages, and the ranks by votes of their films, in turn."""
LIST_LENGTH, MAX_REASONS = 10, 4

SEEDS = Path(__file__).with_suffix(".sql").read_text("utf-8")
INTRODUCTION = f"""\
# Recommendations for twenty films

The films are chosen by a rule, so that nobody picks flattering ones: by votes, those of rank
{", ".join(f"{rank:,}" for rank in RANKS)} in the most frequent original
language, and in the next {OTHER_LANGUAGES} languages alternately those of rank {OTHER_RANKS[0]} and {OTHER_RANKS[1]}.

`shared`, `years` and `votes` add up to the score. The last column lists the {MAX_REASONS} largest contributions to
`shared`; the words of the texts count as one.

Read [how scores are computed](recommender.md) and [how good recommendations are](recommender-evaluation.md).
`.venv/bin/python -m tools.recommender_examples` prints this page from the published warehouse.
"""


def main(arguments: Sequence[str]) -> int:
    """Print the page and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.recommender_examples", description=__doc__)
    parser.add_argument("--database", type=Path, metavar="FILE", default=Settings.from_environment().published_file)
    options = parser.parse_args(arguments)
    with open_read_only(options.database) as connection:
        print("\n".join([INTRODUCTION, *render_lists(connection)]), end="")
    return 0


def render_lists(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    index = RecommenderIndex(connection)
    films = "select movie_id, concat(title, ' (', release_year, ')') from marts.dim_movies"
    titles = dict(connection.execute(films).fetchall())
    parameters = {"ranks": RANKS, "other_languages": OTHER_LANGUAGES, "other_ranks": OTHER_RANKS}
    for movie_id, rank, language, genres in connection.execute(SEEDS, parameters).fetchall():
        yield f"## {_escape(titles[movie_id])}\n"
        yield f"{_escape(', '.join([*genres, f'number {rank:,} by votes of the films in {language}']))}\n"
        found = index.recommend_for(movie_id, LIST_LENGTH)
        seed = index.seed_from_film(movie_id)
        if not found or seed is None:
            yield "No recommendations: too little is known about this film.\n"
            continue
        yield "| rank | film | score | shared | years | votes | what is shared |\n|---|---|---|---|---|---|---|"
        for position, one in enumerate(found, 1):
            parts = [f"{part:.3f}" for part in (one.score, one.content_score, one.year_score, one.prior_score)]
            reasons = list_reasons(index.explain(Taste((seed,)), one))
            yield f"| {' | '.join([str(position), _escape(titles[one.movie_id]), *parts, _escape(reasons)])} |"
        yield ""


def list_reasons(contributions: Iterable[Contribution]) -> str:
    """Return the terms with the largest contributions; all words are one of them, and so are all users."""
    totals: dict[str, float] = defaultdict(float)
    for one in contributions:
        merged = {"text": "words", "likes": "users like both", "language": f"in {one.term}"}
        totals[merged.get(one.field, one.term)] += one.contribution
    return ", ".join(sorted(totals, key=lambda name: -totals[name])[:MAX_REASONS])


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#&])", r"\\\1", text)


if __name__ == "__main__":
    sys.exit(run_command(main))
