"""`python -m recommender`: train and evaluate the recommender, and print recommendations with their reasons."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from recommender.config import BLEND, CONTENT
from recommender.evaluate import evaluate
from recommender.index import RecommenderIndex
from recommender.lookup import find_movie, read_titles, summarize
from recommender.taste import Taste
from recommender.train import train
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.settings import Settings

MAX_NEIGHBORS = 1000
"""Maximum number of neighbors per film. They are held in memory for all films: 1 GB for 45,000 films."""
THREADS = os.cpu_count() or 1


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status."""
    options = _create_parser().parse_args(arguments)
    options.database = options.database or Settings.from_environment().published_file
    options.run(options)
    return 0


def _train(options: argparse.Namespace) -> None:
    config = replace(BLEND if options.with_ratings else CONTENT, neighbor_count=options.neighbors)
    train(options.database, config, THREADS)


def _evaluate(options: argparse.Namespace) -> None:
    database: Path = options.database
    evaluate(database, options.json or database.with_name(f"{database.stem}.evaluation.json"), THREADS)


def _print_similar(options: argparse.Namespace) -> None:
    with open_read_only(options.database) as connection:
        movie = find_movie(connection, options.movie)
        found = RecommenderIndex(connection).recommend_for(movie.movie_id, options.count)
        titles = read_titles(connection, [one.movie_id for one in found])
    print(f"{movie}, id {movie.movie_id}")
    if not found:
        print("No recommendations: too little is known about this film.")
        return
    print(f"{'':>4}{'id':>9}  {'film':<50}{'score':>8} = {'shared':>7} + {'years':>6} + {'prior':>6}")
    for rank, one in enumerate(found, 1):
        parts = f"{one.score:8.3f} = {one.content_score:7.3f} + {one.year_score:6.3f} + {one.prior_score:6.3f}"
        print(f"{rank:>4}{one.movie_id:>9}  {titles[one.movie_id]!s:<50.50}{parts}")


def _print_explanation(options: argparse.Namespace) -> None:
    with open_read_only(options.database) as connection:
        movie, other = find_movie(connection, options.movie), find_movie(connection, options.other)
        index = RecommenderIndex(connection)
    seed = index.seed_from_film(movie.movie_id)
    if movie == other or seed is None:
        raise FilmotecaError(f"{options.movie!r} and {options.other!r} are the same film, {movie}; choose two films.")
    taste = Taste((seed,))
    [score] = index.score(taste, [other.movie_id])
    ids = [one.movie_id for one in index.recommend_for(movie.movie_id, CONTENT.neighbor_count)]
    rank = f"number {ids.index(other.movie_id) + 1}" if other.movie_id in ids else f"not among the first {len(ids)}"
    print(f"{other} for {movie}: {rank}, score {score.score:.4f}")
    rows = [
        *summarize(index.explain(taste, other.movie_id)),
        ("years", f"{movie.release_year} and {other.release_year}", score.year_score),
        ("prior", "number of votes and mean vote", score.prior_score),
    ]
    for field, term, contribution in rows:
        print(f"  {field:<12}{term:<50.50}{contribution:>8.4f}")


def _create_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m recommender", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], None], description: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=description)
        command.set_defaults(run=run)
        file = "DuckDB file with the marts" if run is _train else "warehouse (default: the published one)"
        command.add_argument("--database", type=Path, metavar="FILE", required=run is _train, help=file)
        return command

    def add_count(command: argparse.ArgumentParser, name: str, default: int, description: str) -> None:
        description = f"{description} (default: {default})"
        command.add_argument(name, type=_parse_count, metavar="N", default=default, help=description)

    command = add("train", _train, "train on a file built by dbt and write schema recommender into it")
    add_count(command, "--neighbors", CONTENT.neighbor_count, "neighbors per film")
    command.add_argument("--with-ratings", action="store_true", help="also learn from the likes of MovieLens users")

    command = add("evaluate", _evaluate, "compare the model with simpler recommenders on the likes of MovieLens users")
    command.add_argument("--json", type=Path, metavar="FILE", help="JSON output (default: next to the warehouse)")

    command = add("similar", _print_similar, "print the recommendations for a film")
    command.add_argument("movie", metavar="FILM", help="title, or id if no film has this title")
    add_count(command, "--count", 10, "number of films")

    command = add("explain", _print_explanation, "print what makes up the score of one film for another")
    command.add_argument("movie", metavar="FILM", help="title or id of the liked film")
    command.add_argument("other", metavar="OTHER", help="title or id of the recommended film")
    return parser


def _parse_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_NEIGHBORS:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {MAX_NEIGHBORS:,}; got {text!r}")
    return int(text)


if __name__ == "__main__":
    sys.exit(run_command(main))
