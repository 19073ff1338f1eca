"""Settings of the warehouse commands: paths and limits, from the repository root and the environment."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.environment import read_int, read_memory, read_setting

REPOSITORY_ROOT = Path(__file__).resolve().parent.parent
SOURCE = "FILMOTECA_SOURCE"


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths and limits of one installation. All paths are absolute."""

    root: Path
    published_file: Path
    """FILMOTECA_WAREHOUSE: the published DuckDB file."""
    configured_raw_folder: Path | None
    """FILMOTECA_RAW_DIR: the folder of raw files to build from."""

    build_memory: str = "4GB"
    """FILMOTECA_BUILD_MEMORY: memory limit of DuckDB during a build, at most 80 % of the machine's. Beyond it, DuckDB
    spills to disk; the default suffices for 200,000 films without spilling."""

    spark_memory: str = "2GB"
    """FILMOTECA_SPARK_MEMORY: memory of each Spark worker and of the driver, without Python and native memory."""

    source: str | None = None
    """FILMOTECA_SOURCE: the remote store to fetch builds from while serving: a folder, s3://…, gs://…, az://…, https://…"""

    source_seconds: int = 10
    """FILMOTECA_SOURCE_SECONDS: interval between checks of the remote store, in seconds."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; unset ones have their defaults. Raises FilmotecaError for invalid values."""
        published = read_setting(environment, "FILMOTECA_WAREHOUSE") or REPOSITORY_ROOT / "warehouse" / "movies.duckdb"
        raw = read_setting(environment, "FILMOTECA_RAW_DIR")
        return cls(
            REPOSITORY_ROOT,
            Path(published).expanduser().absolute(),
            Path(raw).expanduser().absolute() if raw else None,
            read_memory(environment, "FILMOTECA_BUILD_MEMORY", "4GB"),
            read_memory(environment, "FILMOTECA_SPARK_MEMORY", "2GB"),
            read_setting(environment, SOURCE) or None,
            read_int(environment, "FILMOTECA_SOURCE_SECONDS", 10, maximum=86_400),
        )

    @property
    def build_memory_bytes(self) -> int:
        """Effective memory limit of DuckDB during a build."""
        limits = "parse_formatted_bytes(current_setting('memory_limit')), parse_formatted_bytes($1)"
        with duckdb.connect() as connection:
            [(limit,)] = connection.execute(f"select least({limits})", [self.build_memory]).fetchall()
        return int(limit)

    @property
    def spark_memory_megabytes(self) -> int:
        return int(float(self.spark_memory[:-2]) * (1000 if self.spark_memory.endswith("GB") else 1))

    @property
    def raw_folder(self) -> Path:
        """Destination of `make data`."""
        return self.root / "warehouse" / "raw"

    @property
    def import_folder(self) -> Path:
        """Temporary folder of `make data`, in the same file system as the raw folder."""
        return self.root / "warehouse" / ".data"

    @property
    def sample_folder(self) -> Path:
        return self.root / "warehouse" / "sample"

    @property
    def dbt_project(self) -> Path:
        return self.root / "dbt_project"

    @property
    def build_folder(self) -> Path:
        """Temporary folder of a build, beside the published file so that it can be renamed."""
        return self.published_file.parent / ".build"

    @property
    def built_file(self) -> Path:
        """The file being built. Its name is the published one because macros in a DuckDB file refer to its stem."""
        return self.build_folder / self.published_file.name

    @property
    def staged_folder(self) -> Path:
        """The raw files of a build: links to them, under the names that the engines know."""
        return self.build_folder / "raw"

    @property
    def index_file(self) -> Path:
        """Where the search index is built, beside the built file."""
        return self.build_folder / f"{self.published_file.name}.search"

    @property
    def refused_file(self) -> Path:
        """The last build that was refused because of its losses."""
        return self.published_file.with_name(f"{self.published_file.stem}.refused.duckdb")

    @property
    def spark_folder(self) -> Path:
        """Temporary files of a build on Spark."""
        return self.build_folder / "spark"

    @property
    def spark_output(self) -> Path:
        """The tables computed on Spark, as Parquet files. Every worker must reach this folder."""
        return self.spark_folder / "tables"

    @property
    def fetch_folder(self) -> Path:
        """Temporary folder of a fetched build, beside the published file so that it can be renamed."""
        return self.published_file.parent / ".fetch"

    @property
    def docs_file(self) -> Path:
        """The dbt docs site of the published file."""
        return self.published_file.with_name("docs.html")

    @property
    def report_folder(self) -> Path:
        """The exploratory report of the published file, written by `make eda`."""
        return self.published_file.parent / "eda"

    @property
    def lock_file(self) -> Path:
        return self.published_file.parent / ".build.lock"


def project_version() -> str:
    """Return the version in pyproject.toml."""
    return str(tomllib.loads((REPOSITORY_ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])
