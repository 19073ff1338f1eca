"""`python -m recommender`: train it, measure it, tune it, and ask it what is like a film and why."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from recommender.config import BLEND, CONTENT
from recommender.examples import write_examples
from recommender.lookup import Explanation, Lookup, Movie, Similar
from warehouse.connection import open_read_only
from warehouse.errors import FilmotecaError, run_command
from warehouse.settings import REPOSITORY_ROOT, Settings

# Held for every film at once: a thousand take 1 GB with 45,000 films.
MOST_NEIGHBORS = 1000
MOST_TRIALS = 1_000_000
MOST_SECONDS = 86_400
EXAMPLES = REPOSITORY_ROOT / "docs" / "recommender-examples.md"


def main(arguments: Sequence[str]) -> int:
    """The command; returns its exit status."""
    options = _parser().parse_args(arguments)
    database = options.database or Settings.from_environment().published_file
    COMMANDS[options.command](options, database)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m recommender", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    train = commands.add_parser("train", help="write schema recommender into a file that dbt built")
    train.add_argument("--database", type=Path, required=True, metavar="FILE", help="DuckDB file with the marts")
    train.add_argument(
        "--neighbors",
        type=_whole_number(MOST_NEIGHBORS),
        default=CONTENT.neighbor_count,
        metavar="N",
        help="films kept per film (default: %(default)s)",
    )
    train.add_argument("--with-ratings", action="store_true", help="learn from the MovieLens users' likes as well")

    evaluate = commands.add_parser("evaluate", help="judge it, beside simpler ones, by what MovieLens users like")
    _add_published(evaluate)
    evaluate.add_argument(
        "--json", type=Path, metavar="FILE", help="the same for programs (default: beside the warehouse)"
    )

    tune = commands.add_parser("tune", help="search for the weights, by half of the MovieLens users")
    _add_published(tune)
    tune.add_argument("--with-ratings", action="store_true", help="those of a training with the other half's likes")
    tune.add_argument(
        "--trials", type=_whole_number(MOST_TRIALS), default=500, metavar="N", help="(default: %(default)s)"
    )
    tune.add_argument("--seconds", type=_whole_number(MOST_SECONDS), metavar="S", help="stop earlier, after so long")
    tune.add_argument(
        "--seed",
        type=_whole_number(MOST_TRIALS),
        default=1,
        metavar="N",
        help="of the random steps (default: %(default)s)",
    )

    similar = commands.add_parser("similar", help="the films recommended for a film")
    similar.add_argument("movie", metavar="FILM", help="a title; or an id, if no film has it as its title")
    similar.add_argument(
        "--count",
        type=_whole_number(MOST_NEIGHBORS),
        default=10,
        metavar="N",
        help="films shown (default: %(default)s)",
    )
    _add_published(similar)

    explain = commands.add_parser("explain", help="what makes the score of a film, asked for another")
    explain.add_argument("movie", metavar="FILM", help="the film that somebody likes: a title, or an id")
    explain.add_argument("other", metavar="OTHER", help="the film that may be recommended")
    _add_published(explain)

    examples = commands.add_parser("examples", help="write what is recommended for twenty films, to be judged by eye")
    _add_published(examples)
    examples.add_argument("--output", type=Path, metavar="FILE", default=EXAMPLES, help="(default: %(default)s)")
    return parser


def _add_published(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", type=Path, metavar="FILE", help="a warehouse (default: the published one)")


def _whole_number(most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to {most:,}")
        return int(text)

    return parse


# Where a command needs scikit-learn, which takes a second to load, it alone imports it.


def _train(options: argparse.Namespace, database: Path) -> None:
    from recommender.train import train  # noqa: PLC0415

    config = replace(BLEND if options.with_ratings else CONTENT, neighbor_count=options.neighbors)
    train(database, config, threads=os.cpu_count() or 1)


def _evaluate(options: argparse.Namespace, database: Path) -> None:
    from recommender.evaluate import evaluate  # noqa: PLC0415

    json_file = options.json or database.with_name(f"{database.stem}.evaluation.json")
    evaluate(database, json_file, threads=os.cpu_count() or 1)


def _tune(options: argparse.Namespace, database: Path) -> None:
    from recommender.tune import Search, tune  # noqa: PLC0415

    search = Search(options.trials, options.seconds, options.seed, with_ratings=options.with_ratings)
    tune(database, search, threads=os.cpu_count() or 1)


def _similar(options: argparse.Namespace, database: Path) -> None:
    with open_read_only(database) as connection:
        lookup = Lookup(connection)
        movie = lookup.movie(options.movie)
        _print_similar(movie, lookup.similar(movie, options.count))


def _explain(options: argparse.Namespace, database: Path) -> None:
    with open_read_only(database) as connection:
        lookup = Lookup(connection)
        movie, other = lookup.movie(options.movie), lookup.movie(options.other)
        if movie == other:
            raise FilmotecaError(f"{options.movie!r} and {options.other!r} are one film, {movie}; expected: two")
        _print_explanation(movie, other, lookup.explain(movie, other))


def _examples(options: argparse.Namespace, database: Path) -> None:
    write_examples(database, options.output)


def _print_similar(movie: Movie, found: Sequence[Similar]) -> None:
    print(f"{movie}, id {movie.movie_id}")
    if not found:
        print("No film is near: too little is known of it.")
        return
    print(f"{'':>4}{'id':>9}  {'film':<50}{'score':>8} = {'shared':>7} + {'years':>6} + {'prior':>6}")
    for each in found:
        parts = f"{each.score:8.3f} = {each.content_score:7.3f} + {each.year_score:6.3f} + {each.prior_score:6.3f}"
        print(f"{each.rank:>4}{each.movie.movie_id:>9}  {each.movie!s:<50.50}{parts}")


def _print_explanation(movie: Movie, other: Movie, explanation: Explanation) -> None:
    place = f"number {explanation.rank} of its nearest" if explanation.rank else "not among its nearest"
    print(f"{other} for {movie}: {place}, score {explanation.score:.4f}")
    rows = [
        *explanation.shared,
        ("years", f"{movie.release_year} and {other.release_year}", explanation.year_score),
        ("prior", "votes for it, and their mean", explanation.prior_score),
    ]
    for field, what, adds in rows:
        print(f"  {field:<12}{what:<50.50}{adds:>8.4f}")


COMMANDS = {
    "train": _train,
    "evaluate": _evaluate,
    "tune": _tune,
    "similar": _similar,
    "explain": _explain,
    "examples": _examples,
}

if __name__ == "__main__":
    sys.exit(run_command(main))
