"""Where things are: every path of the project, from the repository root and the environment."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import FilmotecaError

_MEMORY = re.compile(r"[1-9][0-9]{0,5}(?:\.[0-9]+)?[MG]B")
REPOSITORY_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths of one installation; all absolute."""

    root: Path
    published_file: Path
    """The DuckDB file that everybody reads. FILMOTECA_WAREHOUSE; else warehouse/movies.duckdb."""
    chosen_raw_folder: Path | None
    """FILMOTECA_RAW_DIR: the raw files that a person wants built; None leaves the choice to the build."""

    build_memory: str | None = None
    """FILMOTECA_BUILD_MEMORY: what DuckDB may hold during a build, such as 4GB; the rest lies on the disk meanwhile.
    None leaves it DuckDB's choice, which is 80 % of what the machine grants."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Raises FilmotecaError where a setting is none."""
        published = environment.get("FILMOTECA_WAREHOUSE") or REPOSITORY_ROOT / "warehouse" / "movies.duckdb"
        raw = environment.get("FILMOTECA_RAW_DIR")
        memory = environment.get("FILMOTECA_BUILD_MEMORY") or None
        if memory and not _MEMORY.fullmatch(memory):
            raise FilmotecaError(f"FILMOTECA_BUILD_MEMORY is {memory!r}; expected: a number of MB or GB, such as 4GB")
        return cls(
            REPOSITORY_ROOT,
            Path(published).expanduser().absolute(),
            Path(raw).expanduser().absolute() if raw else None,
            memory,
        )

    @property
    def raw_folder(self) -> Path:
        """Where `make data` puts the full data set."""
        return self.root / "warehouse" / "raw"

    @property
    def data_folder(self) -> Path:
        """Where `make data` downloads and unzips before it swaps the raw folder; in the same file system."""
        return self.root / "warehouse" / ".data"

    @property
    def sample_folder(self) -> Path:
        return self.root / "warehouse" / "sample"

    @property
    def dbt_project(self) -> Path:
        return self.root / "dbt_project"

    @property
    def build_folder(self) -> Path:
        """Everything a build makes before it is published; beside the published file, as a rename needs."""
        return self.published_file.parent / ".build"

    @property
    def built_file(self) -> Path:
        """Bears the published name: macros stored in a DuckDB file remember the file's stem."""
        return self.build_folder / self.published_file.name

    @property
    def docs_file(self) -> Path:
        """The dbt docs site, which describes the file beside it."""
        return self.published_file.with_name("docs.html")

    @property
    def report_folder(self) -> Path:
        """Where `make eda` writes, and where the service reads; beside the file that it is of."""
        return self.published_file.parent / "eda"

    @property
    def lock_file(self) -> Path:
        return self.published_file.parent / ".build.lock"


def project_version(root: Path = REPOSITORY_ROOT) -> str:
    """The version that pyproject.toml declares."""
    return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])
