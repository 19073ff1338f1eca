"""`python -m recommender`: train the recommender on a file built by dbt, or evaluate it."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from recommender.config import BLEND, CONTENT
from recommender.evaluate import evaluate
from recommender.train import train
from warehouse.errors import run_command
from warehouse.settings import Settings

MAX_NEIGHBORS = 1000
"""Maximum number of neighbors per film. They are held in memory for all films: 1 GB for 45,000 films."""
THREADS = os.cpu_count() or 1


def main(arguments: Sequence[str]) -> int:
    """Run a command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m recommender", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("train", help="train on the marts and write schema recommender into the same file")
    command.set_defaults(run=_train)
    command.add_argument("--database", type=Path, metavar="FILE", required=True, help="DuckDB file with the marts")
    neighbors = f"neighbors per film (default: {CONTENT.neighbor_count})"
    command.add_argument("--neighbors", type=_parse_count, metavar="N", default=CONTENT.neighbor_count, help=neighbors)
    command.add_argument("--with-ratings", action="store_true", help="also learn from the likes of MovieLens users")

    command = commands.add_parser("evaluate", help="compare the model with simpler recommenders on MovieLens likes")
    command.set_defaults(run=_evaluate)
    command.add_argument("--database", type=Path, metavar="FILE", help="warehouse (default: the published one)")
    command.add_argument("--json", type=Path, metavar="FILE", help="JSON output (default: next to the warehouse)")

    options = parser.parse_args(arguments)
    options.run(options)
    return 0


def _train(options: argparse.Namespace) -> None:
    config = replace(BLEND if options.with_ratings else CONTENT, neighbor_count=options.neighbors)
    train(options.database, config, THREADS)


def _evaluate(options: argparse.Namespace) -> None:
    database: Path = options.database or Settings.from_environment().published_file
    evaluate(database, options.json or database.with_name(f"{database.stem}.evaluation.json"), THREADS)


def _parse_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MAX_NEIGHBORS:
        raise argparse.ArgumentTypeError(f"must be a whole number from 1 to {MAX_NEIGHBORS:,}; got {text!r}")
    return int(text)


if __name__ == "__main__":
    sys.exit(run_command(main))
