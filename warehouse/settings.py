"""Where things are: every path of the project, from the repository root and the environment."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.environment import read_int, read_memory

REPOSITORY_ROOT = Path(__file__).resolve().parent.parent
SOURCE = "FILMOTECA_SOURCE"
REMOTE_LOCK = "requirements-remote.lock"


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths of one installation; all absolute."""

    root: Path
    published_file: Path
    """The DuckDB file that everybody reads. FILMOTECA_WAREHOUSE; else warehouse/movies.duckdb."""
    chosen_raw_folder: Path | None
    """FILMOTECA_RAW_DIR: the raw files that a person wants built; None leaves the choice to the build."""

    build_memory: str = "4GB"
    """FILMOTECA_BUILD_MEMORY: what DuckDB may hold during a build, 80 % of what the machine grants at most; the rest is
    on the disk meanwhile. The default is enough for 200,000 films without a detour by the disk."""

    source: str | None = None
    """FILMOTECA_SOURCE: where published builds are fetched from while serving: a folder, s3://…, gs://…, az://…, https://…"""

    source_seconds: int = 10
    """FILMOTECA_SOURCE_SECONDS: how often to look there."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; what is not set keeps its default. Raises FilmotecaError for values that cannot be."""
        published = environment.get("FILMOTECA_WAREHOUSE") or REPOSITORY_ROOT / "warehouse" / "movies.duckdb"
        raw = environment.get("FILMOTECA_RAW_DIR")
        return cls(
            REPOSITORY_ROOT,
            Path(published).expanduser().absolute(),
            Path(raw).expanduser().absolute() if raw else None,
            read_memory(environment, "FILMOTECA_BUILD_MEMORY", "4GB"),
            environment.get(SOURCE) or None,
            read_int(environment, "FILMOTECA_SOURCE_SECONDS", 10, maximum=86_400),
        )

    @property
    def build_memory_bytes(self) -> int:
        """What DuckDB may hold during a build."""
        limits = "parse_formatted_bytes(current_setting('memory_limit')), parse_formatted_bytes($1)"
        with duckdb.connect() as connection:
            [(limit,)] = connection.execute(f"select least({limits})", [self.build_memory]).fetchall()
        return int(limit)

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
    def fetch_folder(self) -> Path:
        """Where a build that is fetched lies until it is verified; beside the published file, as a rename needs."""
        return self.published_file.parent / ".fetch"

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
