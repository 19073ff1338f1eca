"""The commands of other processes that make the tables of a build."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.engines.commands import import_command, spark_command
from warehouse.settings import Settings
from warehouse.transform import build_command


@dataclass(frozen=True, slots=True)
class BuildCommands:
    """The commands that make the tables of a build. Tests replace them."""

    transform: Sequence[str]
    train: Sequence[str]
    index: Sequence[str]
    options: Sequence[str] = ()
    """Options of the build that are part of its id."""
    spark: Sequence[str] = ()
    """Runs first in a build on Spark and computes the tables, which `transform` then imports."""

    @classmethod
    def from_settings(
        cls, settings: Settings, train_options: Sequence[str] = (), engine: str = "duckdb", master: str | None = None
    ) -> "BuildCommands":
        train = (sys.executable, "-m", "recommender", "train", "--database", str(settings.built_file), *train_options)
        index = (sys.executable, "-m", "search", "build", "--database", str(settings.index_file))
        if engine == "duckdb":
            return cls(build_command(settings), train, index, train_options)
        # Floating-point sums differ in their last digits, so the engine is part of the build id.
        options = (*train_options, "--engine", engine)
        return cls(import_command(settings), train, index, options, spark_command(master))
