"""On what was measured: the machine, the versions, and the warehouse."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import msgspec
import psutil

from warehouse.connection import open_read_only

PACKAGES = (
    "duckdb",
    "litestar",
    "granian",
    "msgspec",
    "numpy",
    "scipy",
    "scikit-learn",
    "dbt-core",
    "dbt-duckdb",
    "pandas",
)
CPU_INFO = Path("/proc/cpuinfo")


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """What ran the benchmarks."""

    cores: int
    memory_gigabytes: int
    processor: str
    kernel: str
    versions: dict[str, str]
    """Of Python and of the packages that do the work."""

    @classmethod
    def here(cls) -> "Machine":
        """This one."""
        return cls(
            cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            memory_gigabytes=round(psutil.virtual_memory().total / 2**30),
            processor=_processor(),
            kernel=f"{platform.system()} {platform.release().partition('-')[0]}",
            versions={"Python": platform.python_version(), **{package: version(package) for package in PACKAGES}},
        )


class Data(msgspec.Struct, frozen=True, kw_only=True):
    """The warehouse that was asked."""

    build_id: str
    films: int

    @classmethod
    def of(cls, database: Path) -> "Data":
        """Of a published file. Raises FilmotecaError when there is none."""
        with open_read_only(database) as connection:
            [(build_id, films)] = connection.execute(
                "select build_id, (select count(*) from marts.dim_movies) from quality.build_info"
            ).fetchall()
        return cls(build_id=str(build_id), films=films)


def _processor() -> str:
    """The processor's own name where the system tells it."""
    lines = CPU_INFO.read_text("utf-8").splitlines() if CPU_INFO.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
