"""The peers, installed apart from the project and serving the warehouse's films."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from benchmarks.peer_data import served_tables, write_frames, write_parquet, write_sqlite
from benchmarks.servers import Server, free_port, running
from warehouse.errors import FilmotecaError
from warehouse.screen import Screen
from warehouse.settings import REPOSITORY_ROOT

ENVIRONMENT = REPOSITORY_ROOT / ".venv-peers"
ORIGINAL_SERVICE = Path(__file__).with_name("original_service.py")
PACKAGES = (
    "datasette==0.65.5",
    "roapi==0.12.7",
    "fastapi==0.165.0",
    "uvicorn[standard]==0.54.0",
    "pandas==3.1.1",
    "pyarrow==26.0.1",
    "scikit-learn==1.9.1",
)
# Its defaults refuse long queries and long answers; nothing asked here may be refused.
DATASETTE_SETTINGS = {"max_returned_rows": 20_000, "sql_time_limit_ms": 10_000}


def install(screen: Screen) -> None:
    """Make the environment of the peers, if it is not there already.

    Raises FilmotecaError when pip cannot install them.
    """
    marker = ENVIRONMENT / "installed"
    if marker.exists() and marker.read_text("utf-8").split() == list(PACKAGES):
        return
    screen.say(f"installing {', '.join(PACKAGES)} into {ENVIRONMENT.name}, apart from the project's packages")
    pip = (str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)], check=True)
        subprocess.run([*pip, *PACKAGES], check=True)
    except subprocess.CalledProcessError as error:
        raise FilmotecaError(f"the peers cannot be installed: {error}; pip's own words stand above") from None
    marker.write_text("\n".join(PACKAGES), "utf-8")


@contextmanager
def datasette(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Server]:
    """Datasette over one immutable SQLite file, with its other defaults."""
    database, port = folder / "movies.db", free_port()
    write_sqlite(connection, database)
    command = [str(ENVIRONMENT / "bin" / "datasette"), "serve", "--immutable", str(database), "--port", str(port)]
    for name, value in DATASETTE_SETTINGS.items():
        command += ["--setting", name, str(value)]
    with running(command, port, ready_path="/-/versions.json") as server:
        yield server


@contextmanager
def roapi(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Server]:
    """ROAPI over Parquet files, which it holds in memory: its default."""
    write_parquet(connection, folder)
    port = free_port()
    tables = [{"name": name, "uri": str(folder / f"{name}.parquet")} for name in served_tables(connection)]
    config = folder / "roapi.yml"
    # JSON is YAML, and needs no library to be written.
    config.write_text(json.dumps({"addr": {"http": f"127.0.0.1:{port}"}, "tables": tables}), "utf-8")
    command = [str(ENVIRONMENT / "bin" / "roapi"), "--config", str(config)]
    with running(command, port, ready_path="/health", environment={"RUST_LOG": "error"}) as server:
        yield server


@contextmanager
def original(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[Server]:
    """The original way, `benchmarks.original_service`, over frames that it holds in memory."""
    write_frames(connection, folder)
    port = free_port()
    command = [str(ENVIRONMENT / "bin" / "python"), str(ORIGINAL_SERVICE), str(folder), str(port)]
    with running(command, port, ready_path="/cantidad-filmaciones/enero") as server:
        yield server
