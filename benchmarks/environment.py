"""Where a measurement was made: the machine, the package versions and the warehouse."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import msgspec
import psutil

from warehouse.connection import open_read_only

PACKAGES = (
    *("duckdb", "litestar", "granian", "msgspec", "numpy", "scipy", "scikit-learn"),
    *("dbt-core", "dbt-duckdb", "pandas"),
)
CPU_INFO = Path("/proc/cpuinfo")


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """The hardware and software that ran the benchmarks."""

    cores: int
    memory_gigabytes: int
    processor: str
    kernel: str
    versions: dict[str, str]
    """Versions of Python and of the packages that do the work."""

    @classmethod
    def current(cls) -> "Machine":
        """Describe this machine."""
        return cls(
            cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
            memory_gigabytes=round(psutil.virtual_memory().total / 2**30),
            processor=_processor_name(),
            kernel=f"{platform.system()} {platform.release().partition('-')[0]}",
            versions={"Python": platform.python_version(), **{package: version(package) for package in PACKAGES}},
        )


class WarehouseInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The build and the size of a published warehouse."""

    build_id: str
    films: int

    @classmethod
    def read(cls, database: Path) -> "WarehouseInfo":
        """Describe the warehouse in a published file."""
        with open_read_only(database) as connection:
            [(build_id, films)] = connection.execute(
                "select build_id, (select count(*) from marts.dim_movies) from quality.build_info"
            ).fetchall()
        return cls(build_id=str(build_id), films=films)


def _processor_name() -> str:
    lines = CPU_INFO.read_text("utf-8").splitlines() if CPU_INFO.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
