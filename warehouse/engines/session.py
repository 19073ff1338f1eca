"""The Spark session of a build: its settings, the raw tables, and a watch over the cluster."""

import importlib
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pyspark import cloudpickle
from pyspark.sql import SparkSession

from warehouse.errors import FilmotecaError

SETTINGS = {
    "spark.sql.ansi.enabled": "false",  # as dbt-spark sets it
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.legacy.sizeOfNull": "false",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.execution.pythonUDF.arrow.enabled": "false",  # would need pandas
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
EXECUTOR_WAIT_SECONDS = 60.0
"""How long a cluster may be without a worker that runs this build."""
CHECK_SECONDS = 2.0
FAILED_CHECKS = 3
"""Failed connections to the master, one after the other, until it is taken for lost."""


def start_session(master: str, output: Path, memory_megabytes: int, settings: Mapping[str, str]) -> SparkSession:
    """Start a session whose tables are Parquet files in `output`. dbt-spark uses the session of its process.

    Raises:
        FilmotecaError: the cluster does not accept the session, or has no worker for it.
    """
    check_master(master)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("filmoteca")
    memory = f"{memory_megabytes}m"
    paths = {"spark.sql.warehouse.dir": str(output)}
    limits = {"spark.driver.memory": memory, "spark.executor.memory": memory}
    for name, value in {**SETTINGS, **paths, **limits, **settings}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    _wait_for_executor(session, master, memory)
    return session


def register_literal_reader(session: SparkSession, plugins: Path) -> None:
    """Make the Python function of the dbt project callable in SQL."""
    sys.path.append(str(plugins))
    list_cells = importlib.import_module("list_cells")
    cloudpickle.register_pickle_by_value(list_cells)  # the workers do not have the module
    session.udf.register("list_cell_as_json", list_cells.list_cell_as_json, "string")


def check_master(master: str) -> None:
    """Raise FilmotecaError if the master of a standalone cluster cannot be reached."""
    if address := _parse_address(master):
        try:
            socket.create_connection(address, timeout=5).close()
        except OSError as error:
            raise FilmotecaError(
                f"no Spark master responds at {master} ({error.strerror or error}); start one or correct MASTER; "
                "without MASTER, the build starts a cluster of its own"
            ) from None


def _parse_address(master: str) -> tuple[str, int] | None:
    """Return host and port of a standalone master, or None for other kinds of clusters."""
    parts = urlsplit(master)
    return (parts.hostname, parts.port or 7077) if parts.scheme == "spark" and parts.hostname else None


def count_executors(session: SparkSession) -> int:
    """Return the number of executors, without the driver."""
    return int(session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1


def _wait_for_executor(session: SparkSession, master: str, memory: str) -> None:
    deadline = time.monotonic() + EXECUTOR_WAIT_SECONDS
    while _parse_address(master) and not count_executors(session):
        if time.monotonic() > deadline:
            raise FilmotecaError(_describe_no_worker(master, memory))
        time.sleep(0.1)


def _describe_no_worker(master: str, memory: str) -> str:
    return (
        f"the Spark cluster {master} has had no worker with a free core and {memory} of memory for "
        f"{EXECUTOR_WAIT_SECONDS:.0f} s; start a worker, or reduce FILMOTECA_SPARK_MEMORY"
    )


def watch_cluster(session: SparkSession, master: str) -> None:
    """End this process with a message, from a thread, if the standalone master or all workers are lost.

    Spark itself would wait for them.
    """
    if _parse_address(master):
        threading.Thread(target=_watch, args=(session, master), daemon=True).start()


def _watch(session: SparkSession, master: str) -> None:
    failures, last_executor = 0, time.monotonic()
    while True:
        time.sleep(CHECK_SECONDS)
        try:
            check_master(master)
            failures = 0
        except FilmotecaError:
            failures += 1
            if failures == FAILED_CHECKS:
                _abort(session, f"the Spark master {master} was lost during the build; start it and build again")
        if count_executors(session):
            last_executor = time.monotonic()
        elif time.monotonic() - last_executor > EXECUTOR_WAIT_SECONDS:
            _abort(session, _describe_no_worker(master, session.conf.get("spark.executor.memory") or ""))


def _abort(session: SparkSession, message: str) -> None:
    """Report an error like one of dbt's, and end this process and its JVM."""
    report_error(message)
    session.sparkContext._gateway.proc.kill()
    os._exit(1)


def report_error(message: str) -> None:
    """Print an error in the format of dbt's log, which the build reads."""
    print(json.dumps({"info": {"name": "SparkError", "msg": message, "level": "error"}, "data": {}}), flush=True)
